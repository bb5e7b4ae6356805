/**
 * One class per operation, each with its forward nodes and, beside them, its gradient.
 *
 * <p>Called by {@code dev.ortune.graph} and {@code graph.family}; calls only the builder, the tape
 * and {@code checkpoint} for shapes.
 */
package dev.ortune.graph.op;
