package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns what the user names into a base model on this machine. */
public final class BaseModelResolver {

    /** The base that is taken when the user names none and a hub answers. */
    public static final String DEFAULT_NAME = "distilbert-base-uncased";

    private static final String OTHER_WAYS =
            "Name a local folder, set HF_ENDPOINT to a hub that can be reached, or use the bundled base "
                    + BundledBase.NAME
                    + ".";

    private final HubSettings settings;
    private final HubCache cache;
    private final HubDownloader downloader;
    private final BundledBase bundled;

    public BaseModelResolver(HubSettings settings, BundledBase bundled, DownloadProgress progress) {
        this(settings, bundled, progress, new HubCache(settings.cacheDirectory()));
    }

    BaseModelResolver(
            HubSettings settings, BundledBase bundled, DownloadProgress progress, HubCache cache) {
        HubConnection connection = new HubConnection(settings);
        Retries retries = new Retries(settings);
        this.settings = settings;
        this.bundled = bundled;
        this.cache = cache;
        this.downloader =
                new HubDownloader(
                        new HubClient(settings, connection, retries),
                        cache,
                        new BlobDownload(connection, retries, settings.readTimeout(), progress));
    }

    /**
     * Looks for a local folder, the bundled base, the Hugging Face cache and the hub, in this order.
     * What is named is never replaced by something else.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when there is no such folder or model or
     *     the hub wants a token, {@code CHECKSUM_MISMATCH} when a file arrives altered, {@code
     *     OUTPUT_NOT_WRITABLE} when the cache cannot be written
     * @throws UnavailableException {@code DOWNLOAD_FAILED} when no hub answers or the transfer keeps
     *     breaking, {@code DISK_FULL}
     */
    public BaseModel resolve(String nameOrDirectory) {
        Optional<Path> folder = localFolder(nameOrDirectory);
        if (folder.isPresent()) {
            // Absolute, so that an adapter which names it is found from anywhere.
            Path absolute = folder.get().toAbsolutePath().normalize();
            return new BaseModel(absolute.toString(), absolute, new Origin.LocalFolder());
        }
        if (BundledBase.isNamed(nameOrDirectory)) {
            return bundled.unpack();
        }
        RepositoryName name =
                RepositoryName.parse(nameOrDirectory)
                        .orElseThrow(() -> noSuchFolder(nameOrDirectory));
        try {
            return fromCacheOrHub(name);
        } catch (HubException e) {
            throw failure(name, e);
        }
    }

    /**
     * {@value #DEFAULT_NAME}, or the bundled base when it cannot be had.
     *
     * @param notice hears in one line that the bundled base was taken, and why
     */
    public BaseModel resolveDefault(Consumer<String> notice) {
        try {
            return fromCacheOrHub(new RepositoryName(DEFAULT_NAME));
        } catch (HubException e) {
            String lead =
                    e.kind() == HubException.Kind.NO_ANSWER
                            ? "No hub answered"
                            : "The hub did not give " + DEFAULT_NAME;
            notice.accept(
                    "%s (%s): using the bundled %s instead of %s."
                            .formatted(lead, e.getMessage(), BundledBase.NAME, DEFAULT_NAME));
            return bundled.unpack();
        }
    }

    private BaseModel fromCacheOrHub(RepositoryName name) throws HubException {
        Optional<String> cached = cache.completeCommit(name);
        if (cached.isPresent()) {
            return model(name, cached.get(), new Origin.HubCacheHit(cached.get()));
        }
        if (settings.offline()) {
            throw new HubException(HubException.Kind.NO_ANSWER, "HF_HUB_OFFLINE is set");
        }
        String commit = downloader.download(name);
        return model(name, commit, new Origin.HubDownload(settings.endpoint(), commit));
    }

    private BaseModel model(RepositoryName name, String commit, Origin origin) {
        return new BaseModel(name.text(), cache.snapshot(name, commit), origin);
    }

    private static Optional<Path> localFolder(String nameOrDirectory) {
        try {
            Path path = Path.of(nameOrDirectory);
            return !nameOrDirectory.isBlank() && Files.isDirectory(path)
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static InvalidInputException noSuchFolder(String text) {
        return new InvalidInputException(
                ErrorCode.BASE_NOT_FOUND,
                "There is no folder '" + text + "', and no model on a hub can have that name.",
                "Name an existing folder, a model such as "
                        + DEFAULT_NAME
                        + " or the bundled base "
                        + BundledBase.NAME
                        + ".");
    }

    private OrtuneException failure(RepositoryName name, HubException e) {
        String base = "The base '" + name.text() + "'";
        String reason = " (" + e.getMessage() + ").";
        return switch (e.kind()) {
            case NO_ANSWER ->
                    new UnavailableException(
                            ErrorCode.DOWNLOAD_FAILED,
                            base
                                    + " is neither a folder nor in the cache, and no hub answered"
                                    + reason,
                            OTHER_WAYS,
                            e);
            case FAILED ->
                    new UnavailableException(
                            ErrorCode.DOWNLOAD_FAILED,
                            base + " could not be downloaded from " + settings.endpoint() + reason,
                            "Run again: the download goes on where it stopped. " + OTHER_WAYS,
                            e);
            case DENIED ->
                    notFound(
                            base
                                    + " does not exist on "
                                    + settings.endpoint()
                                    + ", or is not open to you"
                                    + reason,
                            "Check the name; for a private or gated model set HF_TOKEN to a token that may read it.",
                            e);
            case NOT_FOUND ->
                    notFound(
                            base
                                    + " is neither a folder nor a model on "
                                    + settings.endpoint()
                                    + reason,
                            "Check the name. " + OTHER_WAYS,
                            e);
            case INCOMPLETE ->
                    notFound(
                            base
                                    + " on "
                                    + settings.endpoint()
                                    + " cannot be used: "
                                    + e.getMessage()
                                    + ".",
                            "Choose a model that is published with safetensors weights.",
                            e);
        };
    }

    private static InvalidInputException notFound(String message, String remedy, HubException e) {
        return new InvalidInputException(ErrorCode.BASE_NOT_FOUND, message, remedy, e);
    }
}
