package dev.ortune.graph;

import dev.ortune.graph.op.Value;
import java.util.List;

/** A family of encoders with a sequence-classification head, as Hugging Face Transformers has it. */
public interface ModelFamily {

    /** The {@code model_type} of its {@code config.json}. */
    String modelType();

    /** The class that Transformers would load, for model cards and messages. */
    String classifierArchitecture();

    /** The encoder's module name in the classifier, e.g. {@code bert}: a checkpoint may omit it. */
    String encoderModule();

    /** The module that LoRA adapts unless told otherwise. */
    String defaultTarget();

    /** Reads the encoder's numbers. */
    EncoderConfig config(ConfigReader json);

    /** The layers behind the encoder, in order. */
    List<HeadModule> head(EncoderConfig config, int labelCount);

    /** The encoder's forward pass: each text's [CLS] row, {@code [batch, hidden]}. */
    Value encode(ModelGraph model);

    /** The head's: from [CLS] rows to logits {@code [batch, labels]}. */
    Value classify(ModelGraph model, Value firstTokens, int labelCount);

    /** The whole forward pass: logits {@code [batch, labels]}. */
    default Value logits(ModelGraph model, int labelCount) {
        return classify(model, encode(model), labelCount);
    }
}
