package dev.ortune.access.oidc;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID Connect issuer on this machine: its configuration, its keys, and tokens at will. */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "ortune";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private RsaJsonWebKey key;
    private int keys;

    private TestIssuer(HttpServer server) {
        this.server = server;
        rotate();
    }

    /** Starts on any port. */
    public static TestIssuer start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestIssuer issuer = new TestIssuer(server);
        issuer.answer(
                "/.well-known/openid-configuration",
                () ->
                        "{\"issuer\": \""
                                + issuer.name()
                                + "\", \"jwks_uri\": \""
                                + issuer.name()
                                + "/keys\"}");
        issuer.answer(
                "/keys",
                () -> new JsonWebKeySet(issuer.key).toJson(OutputControlLevel.PUBLIC_ONLY));
        server.start();
        return issuer;
    }

    /** As tokens have it. */
    public String name() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Signs with another key from now on. */
    public void rotate() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        keys++;
        key.setKeyId("k" + keys);
    }

    /** How often it was asked for anything. */
    public int timesAsked() {
        return asked.get();
    }

    /** What a token of a user has, valid for ten minutes. */
    public JwtClaims claims(String tenant, String scope) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(name());
        claims.setAudience(AUDIENCE);
        claims.setSubject("0815");
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setIssuedAtToNow();
        claims.setStringClaim("tenant", tenant);
        claims.setStringClaim("scope", scope);
        return claims;
    }

    /** A token, signed. */
    public String token(JwtClaims claims) {
        return signed(claims, key);
    }

    /** A token that somebody else signed in this issuer's name. */
    public String forged(JwtClaims claims) {
        try {
            RsaJsonWebKey other = RsaJwkGenerator.generateJwk(2048);
            other.setKeyId(key.getKeyId());
            return signed(claims, other);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that nobody signed. */
    public String unsigned(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.ALLOW_ONLY_NONE);
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String signed(JwtClaims claims, RsaJsonWebKey key) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey(key.getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String path, Supplier<String> body) {
        server.createContext(
                path,
                exchange -> {
                    asked.incrementAndGet();
                    byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
