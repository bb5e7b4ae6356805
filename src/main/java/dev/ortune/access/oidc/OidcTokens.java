package dev.ortune.access.oidc;

import dev.ortune.access.Caller;
import dev.ortune.access.Scope;
import dev.ortune.access.Tenants;
import dev.ortune.access.TokenReader;
import dev.ortune.error.DeniedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Access tokens as JSON Web Tokens (RFC 9068). The tenant stands in a claim of the issuer's choice, the
 * scopes in {@code scope} or {@code scp} as {@code infer}, {@code train}, {@code admin}, or with {@code
 * ortune:} before them. Thread-safe; waits for the issuer where its keys are not at hand.
 */
public final class OidcTokens implements TokenReader {

    private static final Logger LOG = Logger.getLogger(OidcTokens.class);
    private static final String SCOPE_PREFIX = "ortune:";
    private static final int CLOCK_SKEW_SECONDS = 30;

    /** Those with a public key: a shared secret would make every service of the issuer one. */
    private static final AlgorithmConstraints ALGORITHMS =
            new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    AlgorithmIdentifiers.RSA_USING_SHA384,
                    AlgorithmIdentifiers.RSA_USING_SHA512,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
                    AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
                    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
                    AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
                    AlgorithmIdentifiers.EDDSA);

    private final OidcSettings settings;
    private final IssuerKeys keys;

    /**
     * Asks the issuer for nothing yet.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public OidcTokens(OidcSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.keys = new IssuerKeys(settings, nanoTime);
    }

    @Override
    public Caller read(String token) {
        JwtClaims claims = claims(token, keys.resolver());
        return new Caller(tenant(claims), name(claims), scopes(claims));
    }

    private JwtClaims claims(String token, VerificationKeyResolver resolver) {
        JwtConsumerBuilder builder =
                new JwtConsumerBuilder()
                        .setVerificationKeyResolver(resolver)
                        .setJwsAlgorithmConstraints(ALGORITHMS)
                        .setExpectedIssuer(settings.issuer())
                        .setRequireExpirationTime()
                        .setRequireSubject()
                        .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS);
        if (settings.audience().isPresent()) {
            builder.setExpectedAudience(settings.audience().get());
        } else {
            builder.setSkipDefaultAudienceValidation();
        }
        try {
            return builder.build().processToClaims(token);
        } catch (InvalidJwtException e) {
            LOG.debug("A token was refused", e);
            throw refusal(e);
        }
    }

    private RuntimeException refusal(InvalidJwtException fault) {
        if (fault.getCause() instanceof UnresolvableKeyException unresolvable
                && unresolvable.getCause() instanceof IOException) {
            return keys.unavailable(fault);
        }
        if (fault.hasExpired()) {
            return denied("The token has expired.");
        }
        if (fault.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
            return denied("The token is of another issuer than " + settings.issuer() + ".");
        }
        if (fault.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
                || fault.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return denied("The token is for another audience than this service.");
        }
        return denied("The request's credential is no key of this service and no valid token.");
    }

    private String tenant(JwtClaims claims) {
        return text(claims, settings.tenantClaim())
                .filter(Tenants::isName)
                .orElseThrow(
                        () ->
                                DeniedException.unauthenticated(
                                        "The token names no tenant in its claim \""
                                                + settings.tenantClaim()
                                                + "\".",
                                        "Have the issuer put a tenant's name there, or set"
                                                + " ortune.oidc.tenant-claim to the claim that has it."));
    }

    private static String name(JwtClaims claims) {
        String subject = text(claims, "sub").orElseThrow();
        return printable(
                text(claims, "preferred_username")
                        .map(name -> name + " (" + subject + ")")
                        .orElse(subject));
    }

    private static Set<Scope> scopes(JwtClaims claims) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Stream.of("scope", "scp")
                .flatMap(claim -> words(claims.getClaimValue(claim)))
                .map(
                        word ->
                                word.startsWith(SCOPE_PREFIX)
                                        ? word.substring(SCOPE_PREFIX.length())
                                        : word)
                .forEach(word -> Scope.ofWord(word).ifPresent(scopes::add));
        return scopes;
    }

    private static Stream<String> words(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().filter(Objects::nonNull).map(Object::toString)
                : Arrays.stream(Objects.toString(value, "").split(" "));
    }

    private static Optional<String> text(JwtClaims claims, String claim) {
        return Optional.ofNullable(claims.getClaimValue(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** Names come from the issuer's users: they must not forge lines of the log. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]", "?");
    }

    private static DeniedException denied(String message) {
        return DeniedException.unauthenticated(
                message, "Get a new token from the issuer, or use an API key.");
    }
}
