package dev.ortune.repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An alias: where it points, and where it pointed before.
 *
 * @param targets the oldest first, the current last; never empty, and no two neighbours alike
 */
public record AliasHistory(List<AliasTarget> targets) {

    /** So many steps back can be taken. */
    static final int MAX_TARGETS = 64;

    public AliasHistory {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an alias points somewhere");
        }
    }

    static AliasHistory of(int version, Instant since) {
        return new AliasHistory(List.of(new AliasTarget(version, since)));
    }

    /** The number of the version that it points to. */
    public int version() {
        return targets.get(targets.size() - 1).version();
    }

    AliasHistory movedTo(int version, Instant since) {
        if (version == version()) {
            return this;
        }
        List<AliasTarget> longer = new ArrayList<>(targets);
        longer.add(new AliasTarget(version, since));
        return new AliasHistory(
                longer.subList(Math.max(0, longer.size() - MAX_TARGETS), longer.size()));
    }

    /** A step back, if there is one. */
    Optional<AliasHistory> rolledBack() {
        return targets.size() == 1
                ? Optional.empty()
                : Optional.of(new AliasHistory(targets.subList(0, targets.size() - 1)));
    }

    /** As if it had never pointed to a version; empty if it never pointed to another. */
    Optional<AliasHistory> without(int version) {
        List<AliasTarget> rest = new ArrayList<>();
        for (AliasTarget target : targets) {
            boolean again =
                    !rest.isEmpty() && rest.get(rest.size() - 1).version() == target.version();
            if (target.version() != version && !again) {
                rest.add(target);
            }
        }
        return rest.isEmpty() ? Optional.empty() : Optional.of(new AliasHistory(rest));
    }
}
