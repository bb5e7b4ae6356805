package dev.ortune.adapter;

import dev.ortune.io.AtomicFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a new adapter folder. */
final class AdapterFiles {

    private final NewAdapter source;

    AdapterFiles(NewAdapter source) {
        this.source = source;
    }

    void writeTo(AtomicFolder.Draft draft) throws IOException {
        Adapter adapter = source.adapter();
        draft.file(
                AdapterConfigFile.NAME,
                out -> out.write(AdapterConfigFile.content(adapter.config())));
        draft.file(AdapterTensors.NAME, out -> AdapterTensors.write(out, adapter.parameters()));
        draft.file(
                ClassifierConfigFile.NAME,
                out ->
                        out.write(
                                ClassifierConfigFile.content(
                                        source.base().config(),
                                        source.base().model().family(),
                                        adapter.labels())));
        Path tokenizer = source.base().tokenizerFile();
        draft.file(AdapterFolder.TOKENIZER, out -> Files.copy(tokenizer, out));
        draft.file(
                TokenizerConfigFile.NAME,
                out ->
                        out.write(
                                TokenizerConfigFile.content(
                                        JsonText.readObject(tokenizer), source.limits())));
        draft.file(Provenance.NAME, out -> out.write(JsonText.write(source.provenance())));
        draft.file(
                ModelCard.NAME,
                out ->
                        out.write(
                                new ModelCard(source).markdown().getBytes(StandardCharsets.UTF_8)));
    }
}
