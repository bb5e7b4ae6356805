package dev.ortune.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where S3 is. Credentials come from where AWS's SDK looks for them: the environment, a web identity, the
 * machine's role.
 *
 * @param endpoint of a server that is not AWS's
 * @param region the bucket's
 * @param pathStyle whether the bucket is in the URL's path and not in its host
 */
public record S3Settings(Optional<URI> endpoint, String region, boolean pathStyle) {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A client with all but its credentials. */
    public S3ClientBuilder client() {
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(Region.of(region))
                        .forcePathStyle(pathStyle)
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(ANSWER));
        endpoint.ifPresent(
                server ->
                        builder.endpointOverride(server)
                                // Not every server knows AWS's newer checksums.
                                .requestChecksumCalculation(
                                        RequestChecksumCalculation.WHEN_REQUIRED)
                                .responseChecksumValidation(
                                        ResponseChecksumValidation.WHEN_REQUIRED));
        return builder;
    }
}
