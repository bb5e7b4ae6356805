package dev.ortune.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Tells who asks: the holder of a key, the bearer of a token, or, while there is neither key nor issuer,
 * whoever is on this machine.
 *
 * <p>Thread-safe. Nothing here waits: answers that need the database or the issuer come later, from a
 * worker thread.
 */
public final class Gatekeeper {

    private static final String SCHEME = "bearer ";

    private final RecentRecords records;
    private final KeyUses uses;
    private final InstantSource clock;
    private final Executor workers;
    private final Optional<AdminKey> adminKey;
    private final Optional<TokenReader> tokens;

    /**
     * A gatekeeper.
     *
     * @param workers may wait
     * @param adminKey the configuration's key
     * @param tokens where an issuer is configured
     */
    public Gatekeeper(
            RecentRecords records,
            ApiKeyStore keys,
            InstantSource clock,
            Executor workers,
            Optional<AdminKey> adminKey,
            Optional<TokenReader> tokens) {
        this.records = records;
        this.uses = new KeyUses(keys, clock, workers);
        this.clock = clock;
        this.workers = workers;
        this.adminKey = adminKey;
        this.tokens = tokens;
    }

    /**
     * Tells who somebody is; completed already unless the database or the issuer must be asked. It fails
     * with {@link dev.ortune.error.DeniedException} {@code UNAUTHENTICATED} for strangers, or with {@link
     * dev.ortune.error.UnavailableException}.
     */
    public CompletionStage<Caller> identify(Visitor visitor) {
        return records.recent().thenCompose(recent -> identify(visitor, recent));
    }

    /** Whether programs on this machine need no key, as things stood when they were last looked at. */
    public boolean isOpenLocally() {
        return isOpenLocally(records.latest());
    }

    /** What the log says at the start. */
    public String describe() {
        if (isOpenLocally()) {
            return "Open to this machine only, until a key exists: ./ortune keys create --name NAME"
                    + " --scopes admin,train,infer";
        }
        int count = records.latest().keys().size() + (adminKey.isPresent() ? 1 : 0);
        return "Access by API keys ("
                + count
                + ")"
                + (tokens.isPresent() ? " and OIDC tokens" : "");
    }

    private boolean isOpenLocally(AccessRecords known) {
        return !known.hasHadKey() && adminKey.isEmpty() && tokens.isEmpty();
    }

    private CompletionStage<Caller> identify(Visitor visitor, AccessRecords recent) {
        if (isOpenLocally(recent)) {
            // Clients that must send some key send any: it means nothing yet.
            return visitor.isOnThisMachine()
                    ? CompletableFuture.completedFuture(Caller.local())
                    : CompletableFuture.failedFuture(AccessFault.onlyLocal());
        }
        Optional<ApiKeySecret> secret = visitor.authorization().flatMap(Gatekeeper::secret);
        if (secret.isEmpty()) {
            return CompletableFuture.failedFuture(
                    visitor.authorization().isEmpty()
                            ? AccessFault.noCredential()
                            : AccessFault.otherScheme());
        }
        return identify(secret.get(), recent);
    }

    private CompletionStage<Caller> identify(ApiKeySecret secret, AccessRecords recent) {
        Optional<ApiKey> key = recent.key(secret);
        if (key.isPresent()) {
            return holder(key.get());
        }
        if (adminKey.filter(admin -> admin.is(secret)).isPresent()) {
            return CompletableFuture.completedFuture(adminKey.get().holder());
        }
        if (tokens.isPresent() && !secret.hasOurForm()) {
            return CompletableFuture.supplyAsync(() -> tokens.get().read(secret.text()), workers);
        }
        // Another process may have made the key a moment ago.
        return records.fresh()
                .thenCompose(
                        fresh ->
                                fresh.key(secret)
                                        .map(this::holder)
                                        .orElseGet(
                                                () ->
                                                        CompletableFuture.failedFuture(
                                                                AccessFault.unknownKey())));
    }

    private CompletionStage<Caller> holder(ApiKey key) {
        Instant now = clock.instant();
        if (key.isExpired(now)) {
            return CompletableFuture.failedFuture(AccessFault.expired(key));
        }
        uses.note(key);
        return CompletableFuture.completedFuture(key.holder());
    }

    private static Optional<ApiKeySecret> secret(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        String credential = authorization.substring(SCHEME.length()).strip();
        return credential.isEmpty() ? Optional.empty() : Optional.of(new ApiKeySecret(credential));
    }
}
