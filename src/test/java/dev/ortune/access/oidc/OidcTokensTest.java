package dev.ortune.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.access.Caller;
import dev.ortune.access.Scope;
import dev.ortune.error.DeniedException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens of an issuer are taken, and for whom. */
class OidcTokensTest {

    private TestIssuer issuer;
    private OidcTokens tokens;
    private long nanos;

    @BeforeEach
    void start() throws IOException {
        issuer = TestIssuer.start();
        tokens = tokens(Optional.of(TestIssuer.AUDIENCE));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aTokenStandsForItsTenantAndScopes() {
        JwtClaims claims = issuer.claims("acme", "openid infer ortune:train other");
        claims.setStringClaim("preferred_username", "alice\n\"");
        Caller caller = tokens.read(issuer.token(claims));
        assertThat(caller.tenant()).isEqualTo("acme");
        assertThat(caller.name()).isEqualTo("alice?? (0815)");
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.INFER, Scope.TRAIN);
    }

    @Test
    void scopesMayBeAList() {
        JwtClaims claims = issuer.claims("acme", "");
        claims.setStringListClaim("scp", List.of("admin", "ortune:infer"));
        assertThat(tokens.read(issuer.token(claims)).scopes())
                .containsExactlyInAnyOrder(Scope.ADMIN, Scope.INFER);
        claims.unsetClaim("scope");
        claims.unsetClaim("scp");
        assertThat(tokens.read(issuer.token(claims)).scopes()).isEmpty();
    }

    @Test
    void anExpiredTokenIsRefused() {
        JwtClaims claims = issuer.claims("acme", "infer");
        claims.setExpirationTimeMinutesInTheFuture(-1);
        refused(issuer.token(claims), "has expired");
        claims.unsetClaim("exp");
        refused(issuer.token(claims), "no valid token");
    }

    @Test
    void aTokenForSomebodyElseIsRefused() {
        JwtClaims claims = issuer.claims("acme", "infer");
        claims.setAudience("other");
        refused(issuer.token(claims), "another audience");
        claims.unsetClaim("aud");
        refused(issuer.token(claims), "another audience");
        assertThat(tokens(Optional.empty()).read(issuer.token(claims)).tenant()).isEqualTo("acme");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() {
        JwtClaims claims = issuer.claims("acme", "infer");
        claims.setIssuer(issuer.name() + "/");
        refused(issuer.token(claims), "another issuer");
    }

    @Test
    void aTokenThatTheIssuerDidNotSignIsRefused() {
        JwtClaims claims = issuer.claims("acme", "infer");
        refused(issuer.forged(claims), "no valid token");
        refused(issuer.unsigned(claims), "no valid token");
        refused(issuer.token(claims) + "x", "no valid token");
        refused("a.b.c", "no valid token");
        refused("opaque", "no valid token");
    }

    @Test
    void aTokenWithoutATenantIsRefused() {
        JwtClaims claims = issuer.claims("not a tenant", "infer");
        refused(issuer.token(claims), "names no tenant");
        claims.unsetClaim("tenant");
        refused(issuer.token(claims), "names no tenant");
        claims.setStringClaim("org", "acme");
        assertThat(
                        new OidcTokens(
                                        new OidcSettings(
                                                issuer.name(),
                                                Optional.of(TestIssuer.AUDIENCE),
                                                "org"),
                                        () -> nanos)
                                .read(issuer.token(claims))
                                .tenant())
                .isEqualTo("acme");
    }

    @Test
    void theIssuerIsAskedOnceAndForgeriesDoNotChangeThat() {
        JwtClaims claims = issuer.claims("acme", "infer");
        tokens.read(issuer.token(claims));
        tokens.read(issuer.token(claims));
        assertThat(issuer.timesAsked()).isEqualTo(2);
        for (int forgery = 0; forgery < 5; forgery++) {
            refused(issuer.forged(claims), "no valid token");
        }
        assertThat(issuer.timesAsked()).isLessThanOrEqualTo(3);
    }

    @Test
    void anIssuerThatDoesNotAnswerIsOurTroubleAndIsLeftAloneForAWhile() throws IOException {
        String token = issuer.token(issuer.claims("acme", "infer"));
        issuer.close();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> tokens.read(token))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.ISSUER_UNAVAILABLE));
        }
    }

    @Test
    void anIssuerOfAnotherNameIsRefused() {
        OidcTokens others =
                new OidcTokens(
                        new OidcSettings(issuer.name() + "/", Optional.empty(), "tenant"),
                        () -> nanos);
        assertThatThrownBy(() -> others.read(issuer.token(issuer.claims("acme", "infer"))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> new OidcSettings("issuer", Optional.empty(), "tenant"))
                .isInstanceOf(InvalidInputException.class);
    }

    private OidcTokens tokens(Optional<String> audience) {
        return new OidcTokens(new OidcSettings(issuer.name(), audience, "tenant"), () -> nanos);
    }

    private void refused(String token, String message) {
        assertThatThrownBy(() -> tokens.read(token))
                .isInstanceOfSatisfying(
                        DeniedException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
                .hasMessageContaining(message);
    }
}
