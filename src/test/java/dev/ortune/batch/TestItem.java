package dev.ortune.batch;

import dev.ortune.error.OrtuneException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An item that remembers what became of it. */
final class TestItem implements BatchItem {

    private final String owner;
    private final String flow;
    private final String group;
    private final int tokens;
    private final CompletableFuture<Optional<OrtuneException>> end = new CompletableFuture<>();
    private volatile boolean abandoned;

    TestItem(String owner, String flow, String group, int tokens) {
        this.owner = owner;
        this.flow = flow;
        this.group = group;
        this.tokens = tokens;
    }

    TestItem(String flow, String group, int tokens) {
        this("owner", flow, group, tokens);
    }

    TestItem(String flow, int tokens) {
        this(flow, "base", tokens);
    }

    @Override
    public Object owner() {
        return owner;
    }

    @Override
    public Object flow() {
        return flow;
    }

    @Override
    public Object group() {
        return group;
    }

    @Override
    public Object weights() {
        return flow;
    }

    @Override
    public int weightRanks() {
        return 4;
    }

    @Override
    public int tokens() {
        return tokens;
    }

    @Override
    public boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void fail(OrtuneException reason) {
        end.complete(Optional.of(reason));
    }

    void succeed() {
        end.complete(Optional.empty());
    }

    void abandon() {
        abandoned = true;
    }

    /** Empty for success. */
    CompletableFuture<Optional<OrtuneException>> end() {
        return end;
    }

    @Override
    public String toString() {
        return flow + ":" + tokens;
    }
}
