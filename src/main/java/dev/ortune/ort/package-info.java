/**
 * ONNX Runtime behind plain Java types: the only package that imports JavaCPP.
 *
 * <p>Called by {@code train}, {@code serve} and {@code cli}; calls {@code checkpoint} and {@code
 * graph} for names and shapes, and {@code error}. Every native handle has one owner here.
 */
package dev.ortune.ort;
