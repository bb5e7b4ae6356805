/**
 * Files and fine-tuning jobs over HTTP, in the shape of OpenAI's API, so that its clients work.
 *
 * <p>Called by clients; calls {@code tuning}, {@code job}, {@code file} and {@code webhook}. Shapes: the
 * {@code openapi.yaml} of openai/openai-openapi.
 */
package dev.ortune.api.rest.openai;
