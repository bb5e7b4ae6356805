package dev.ortune.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** In a bucket of S3, or of a server that speaks its protocol; under a prefix. */
public final class S3Objects implements ObjectStore {

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /**
     * A store.
     *
     * @param client the caller's to close
     * @param prefix before every key; empty or with a slash at its end
     */
    public S3Objects(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void put(String key, Path file) {
        asked(
                () ->
                        client.putObject(
                                request -> request.bucket(bucket).key(full(key)),
                                RequestBody.fromFile(file)));
    }

    @Override
    public boolean fetch(String key, Path target) {
        Optional<InputStream> content = open(key);
        if (content.isEmpty()) {
            return false;
        }
        try (InputStream in = content.get()) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (SdkException | UncheckedIOException e) {
            throw StorageFault.unavailable(place(), e);
        } catch (IOException e) {
            throw StorageFault.ofCopy(place(), target, e);
        }
    }

    @Override
    public Optional<InputStream> open(String key) {
        return asked(
                () -> {
                    try {
                        ResponseInputStream<GetObjectResponse> content =
                                client.getObject(request -> request.bucket(bucket).key(full(key)));
                        return Optional.of(content);
                    } catch (NoSuchKeyException e) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public List<String> list(String start) {
        return asked(
                () ->
                        client
                                .listObjectsV2Paginator(
                                        request -> request.bucket(bucket).prefix(prefix + start))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .map(key -> key.substring(prefix.length()))
                                .sorted()
                                .toList());
    }

    @Override
    public void delete(String key) {
        asked(() -> client.deleteObject(request -> request.bucket(bucket).key(full(key))));
    }

    @Override
    public String place() {
        return "s3://" + bucket + "/" + prefix;
    }

    private String full(String key) {
        return prefix + ObjectKeys.require(key);
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException | UncheckedIOException e) {
            // A connection that breaks off comes through unchecked.
            throw StorageFault.unavailable(place(), e);
        }
    }
}
