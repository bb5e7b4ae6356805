/**
 * The one hierarchy of errors, shared by every package of both modules.
 *
 * <p>May be used by all; calls nobody. The REST, gRPC and command-line layers map it in one place
 * each.
 */
package dev.ortune.error;
