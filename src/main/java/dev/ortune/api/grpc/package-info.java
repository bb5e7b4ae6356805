/**
 * The Open Inference Protocol, version 2, over gRPC, with Triton's model repository extension.
 *
 * <p>Called by nobody; calls {@code api.inference}, {@code repository} and {@code error}.
 */
package dev.ortune.api.grpc;
