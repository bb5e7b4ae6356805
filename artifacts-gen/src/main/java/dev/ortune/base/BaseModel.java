package dev.ortune.base;

import java.nio.file.Path;

/**
 * A pre-trained model on this machine.
 *
 * @param name what the user called it
 * @param directory a folder with {@code config.json}, the weights ({@code model.safetensors}, its
 *     shards with {@code model.safetensors.index.json}, {@code model.onnx} or {@code
 *     onnx/model.onnx}) and the tokenizer ({@code tokenizer.json} or {@code vocab.txt})
 * @param origin where the folder came from
 */
public record BaseModel(String name, Path directory, Origin origin) {}
