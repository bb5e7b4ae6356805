/**
 * Files and fine-tuning jobs over gRPC: {@code ortune.v1.FineTuning}.
 *
 * <p>Called by nobody; calls {@code tuning}, {@code job} and {@code file}, and {@code api.grpc} to be
 * bound.
 */
package dev.ortune.api.grpc.tuning;
