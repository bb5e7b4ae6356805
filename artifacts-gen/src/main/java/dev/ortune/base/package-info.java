/**
 * Base models by name: from a local folder, the bundled jar, the Hugging Face cache or the Hub.
 *
 * <p>Turns what the user names into a Hugging Face folder on disk and knows nothing of what stands
 * in its files. Calls only {@code error} and {@code io}.
 */
package dev.ortune.base;
