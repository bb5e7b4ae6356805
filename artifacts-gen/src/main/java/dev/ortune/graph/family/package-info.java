/**
 * One class per model family: its configuration keys, its modules' names, its forward pass.
 *
 * <p>A third family is one more class here and a line in {@code ModelFamilies}. Calls {@code
 * graph} only.
 */
package dev.ortune.graph.family;
