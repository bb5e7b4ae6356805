package dev.ortune.access;

/**
 * How much each tenant may have: what it was given, and the configuration's defaults for the rest.
 * Thread-safe; asking costs nothing.
 */
public final class Quotas {

    private final QuotaStore store;
    private final RecentRecords records;
    private final Quota defaults;

    /**
     * The quotas.
     *
     * @param defaults for what a tenant was not given
     */
    public Quotas(QuotaStore store, RecentRecords records, Quota defaults) {
        this.store = store;
        this.records = records;
        this.defaults = defaults;
    }

    /** What holds for a tenant. */
    public Quota of(String tenant) {
        records.recent();
        return records.latest().quota(tenant, defaults);
    }

    /** What a tenant was given itself. Asks the database. */
    public Quota given(String tenant) {
        return store.get(Tenants.require(tenant));
    }

    /** Gives a tenant its quota, in place of the one that it had; holds at once. */
    public void give(String tenant, Quota quota) {
        store.put(Tenants.require(tenant), quota);
        records.reread();
    }
}
