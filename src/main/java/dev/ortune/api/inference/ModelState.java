package dev.ortune.api.inference;

/**
 * An entry of the model repository extension's index.
 *
 * @param state {@code READY} or {@code UNAVAILABLE}, as Triton has them
 * @param reason why it is unavailable; empty for a ready one
 */
public record ModelState(String name, String version, String state, String reason) {

    private static final String READY = "READY";

    static ModelState ready(String name, String version) {
        return new ModelState(name, version, READY, "");
    }

    static ModelState unloaded(String name, String version) {
        return new ModelState(name, version, "UNAVAILABLE", "unloaded");
    }

    boolean isReady() {
        return state.equals(READY);
    }
}
