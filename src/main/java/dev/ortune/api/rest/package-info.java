/**
 * The HTTP interface: classification for people, and every error as a problem document.
 *
 * <p>Called by the protocols beneath it; calls {@code api.inference}, {@code serve} and {@code
 * error}. Resources run on worker threads.
 */
package dev.ortune.api.rest;
