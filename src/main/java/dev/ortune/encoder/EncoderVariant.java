package dev.ortune.encoder;

import dev.ortune.graph.LinearModule;
import java.util.Set;

/**
 * What sets one encoder graph of a base apart from its others.
 *
 * @param adapted the layers that adapters of a batch may change
 * @param lone whether a batch is one text alone, whose adapter changes all of these layers
 */
record EncoderVariant(Set<LinearModule> adapted, boolean lone) {

    EncoderVariant {
        adapted = Set.copyOf(adapted);
    }
}
