package dev.ortune.repository;

import dev.ortune.adapter.Provenance;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.PreparedBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The bases that the service has: those that its configuration lists, and those of the adapter
 * folders that it names. What a client sends never adds one.
 *
 * <p>Thread-safe. A base is prepared when it is first asked for, once, in the asking thread.
 */
public final class KnownBases {

    private static final Logger LOG = Logger.getLogger(KnownBases.class);

    private final List<LazyBase> bases = new CopyOnWriteArrayList<>();
    private final Optional<LazyBase> override;
    private final Function<String, PreparedBase> preparer;

    /**
     * Bases by configuration; none is looked for yet.
     *
     * @param configured names or folders
     * @param override a name or a folder, in place of what adapters name where that is not listed
     * @param preparer finds and prepares a base; called by the asking threads
     * @throws InvalidInputException {@code INVALID_OPTION} for two that clients would see as one
     */
    public KnownBases(
            List<String> configured,
            Optional<String> override,
            Function<String, PreparedBase> preparer) {
        this.preparer = preparer;
        configured.forEach(text -> addConfigured(new BaseName(text.strip())));
        this.override =
                override.map(text -> new BaseName(text.strip()))
                        .map(name -> named(name).orElseGet(() -> add(name)));
    }

    /** The bases' names, as clients see them. */
    public List<String> names() {
        return bases.stream().map(LazyBase::name).toList();
    }

    /**
     * A base by the name that {@link #names} has.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} with the names that there are
     * @throws UnavailableException {@code DOWNLOAD_FAILED}, {@code RUNTIME_UNAVAILABLE} when it is
     *     known but cannot be had; why is in the log
     */
    public KnownBase base(String name) {
        return bases.stream()
                .filter(base -> base.name().equals(name))
                .findFirst()
                .or(() -> candidate(new BaseName(name)))
                .map(KnownBases::have)
                .orElseThrow(() -> unknown(name));
    }

    /**
     * What the configuration calls a base: a name on the hub or a folder, not for clients.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} with the names that there are
     */
    public String source(String name) {
        return bases.stream()
                .filter(base -> base.name().equals(name))
                .findFirst()
                .or(() -> candidate(new BaseName(name)))
                .map(base -> base.configured().text())
                .orElseThrow(() -> unknown(name));
    }

    /**
     * The base of a version, with the very weights that it was published for.
     *
     * @throws InvalidInputException as {@link #base}; {@code CHECKSUM_MISMATCH} when the base of
     *     that name has other weights by now
     */
    public KnownBase of(PublishedVersion version) {
        KnownBase base = base(version.record().base());
        if (!base.weightsSha256().equals(version.record().baseWeightsSha256())) {
            throw otherWeights(base, version.record().baseWeightsSha256());
        }
        return base;
    }

    /**
     * The base that an adapter belongs to: by name, and where its provenance tells, by the weights.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} with the names that there are, {@code
     *     CHECKSUM_MISMATCH} when the adapter was trained on other weights
     */
    KnownBase match(StoredAdapter adapter) {
        return match(adapter, KnownBases::have);
    }

    private KnownBase match(StoredAdapter adapter, Function<LazyBase, KnownBase> opener) {
        Optional<String> weights = adapter.provenance().map(Provenance::baseWeightsSha256);
        BaseName name = new BaseName(adapter.adapter().config().baseModel());
        Optional<LazyBase> candidate = candidate(name).or(() -> override);
        if (weights.isEmpty()) {
            return candidate.map(opener).orElseThrow(() -> unknown(name.shown()));
        }
        Optional<KnownBase> byName = candidate.map(opener);
        return byName.filter(base -> base.weightsSha256().equals(weights.get()))
                .or(() -> withWeights(weights.get()))
                .orElseThrow(
                        () ->
                                byName.map(base -> otherWeights(base, weights.get()))
                                        .orElseGet(() -> unknown(name.shown())));
    }

    /** Refuses an adapter whose provenance names other weights than the base's. */
    static void requireSameWeights(StoredAdapter adapter, KnownBase base) {
        adapter.provenance()
                .map(Provenance::baseWeightsSha256)
                .filter(trainedOn -> !trainedOn.equals(base.weightsSha256()))
                .ifPresent(
                        trainedOn -> {
                            throw otherWeights(base, trainedOn);
                        });
    }

    /**
     * The base of a folder that the operator configured, which becomes known by it.
     *
     * @throws OrtuneException as {@link #match}, and what keeps the base from being prepared
     */
    KnownBase matchOrAdd(StoredAdapter adapter) {
        if (override.isPresent()) {
            KnownBase base = override.get().get();
            requireSameWeights(adapter, base);
            return base;
        }
        BaseName name = new BaseName(adapter.adapter().config().baseModel());
        if (!name.text().isBlank() && candidate(name).isEmpty()) {
            add(name);
        }
        return match(adapter, LazyBase::get);
    }

    private Optional<LazyBase> candidate(BaseName name) {
        return named(name)
                .or(
                        () -> {
                            List<LazyBase> alike =
                                    bases.stream()
                                            .filter(base -> base.configured().mayBe(name))
                                            .toList();
                            return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
                        });
    }

    private Optional<LazyBase> named(BaseName name) {
        return bases.stream().filter(base -> base.configured().equals(name)).findFirst();
    }

    private Optional<KnownBase> withWeights(String sha256) {
        for (LazyBase base : bases) {
            try {
                KnownBase known = base.get();
                if (known.weightsSha256().equals(sha256)) {
                    return Optional.of(known);
                }
            } catch (OrtuneException e) {
                LOG.warnf("The base %s cannot be had: %s", base.name(), e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The base for a client, who is not told where the operator keeps it. */
    private static KnownBase have(LazyBase base) {
        try {
            return base.get();
        } catch (OrtuneException e) {
            LOG.errorf("The base %s cannot be had: %s", base.name(), e.getMessage());
            throw new UnavailableException(
                    e instanceof UnavailableException ? e.code() : ErrorCode.RUNTIME_UNAVAILABLE,
                    "The base \"" + base.name() + "\" cannot be had at the moment.",
                    "Try again later; the service's log tells its operator why.",
                    e);
        }
    }

    private void addConfigured(BaseName name) {
        if (bases.stream().anyMatch(base -> base.name().equals(name.shown()))) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.bases has two bases that are called \"" + name.shown() + "\".",
                    "List a base once; rename one of two folders of one name.");
        }
        add(name);
    }

    private synchronized LazyBase add(BaseName name) {
        Optional<LazyBase> there = named(name);
        if (there.isPresent()) {
            return there.get();
        }
        LazyBase base = new LazyBase(name, freeName(name.shown()), preparer);
        bases.add(base);
        return base;
    }

    private String freeName(String wanted) {
        String name = wanted;
        for (int number = 2; names().contains(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    private InvalidInputException unknown(String name) {
        String known = names().isEmpty() ? "none" : String.join(", ", names());
        return new InvalidInputException(
                ErrorCode.BASE_NOT_FOUND,
                name.isBlank()
                        ? "The adapter does not say which base it belongs to."
                        : "The base \"" + shortened(name) + "\" is not one of this service's.",
                "Name a base with ?base=; this service has: "
                        + known
                        + ". Its operator adds bases by ortune.bases.");
    }

    private static String shortened(String name) {
        return name.chars()
                .limit(100)
                .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static InvalidInputException otherWeights(KnownBase base, String trainedOn) {
        return new InvalidInputException(
                ErrorCode.CHECKSUM_MISMATCH,
                "The adapter was trained on a base whose weights have the SHA-256 "
                        + shortened(trainedOn)
                        + "; the base \""
                        + base.name()
                        + "\" has "
                        + base.weightsSha256()
                        + ".",
                "Use the very base that the adapter was trained on.");
    }
}
