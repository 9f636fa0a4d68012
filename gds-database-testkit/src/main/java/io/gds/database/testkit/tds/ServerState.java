package io.gds.database.testkit.tds;

import java.util.concurrent.atomic.AtomicLong;

/** What all connections of a server share. Thread-safe. */
final class ServerState {
    private final String name;
    private final Encryption encryption;
    private final TlsIdentity identity;
    private final SqlEndpoint endpoint;
    private final TdsFaults faults = new TdsFaults();
    private volatile ServerBuild build;

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong logins = new AtomicLong();
    private final AtomicLong refusedLogins = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong attentions = new AtomicLong();

    ServerState(String name, Encryption encryption, TlsIdentity identity, SqlEndpoint endpoint, ServerBuild build) {
        this.name = name;
        this.encryption = encryption;
        this.identity = identity;
        this.endpoint = endpoint;
        this.build = build;
    }

    String name() {
        return name;
    }

    Encryption encryption() {
        return encryption;
    }

    TlsIdentity identity() {
        return identity;
    }

    TdsFaults faults() {
        return faults;
    }

    ServerBuild build() {
        return build;
    }

    void build(ServerBuild now) {
        build = now;
    }

    SqlSession login(Login login) throws SqlFailure {
        try {
            SqlSession session = endpoint.login(login);
            logins.incrementAndGet();
            return session;
        } catch (SqlFailure e) {
            refusedLogins.incrementAndGet();
            throw e;
        }
    }

    void countConnection() {
        connections.incrementAndGet();
    }

    void countBatch() {
        batches.incrementAndGet();
    }

    void countAttention() {
        attentions.incrementAndGet();
    }

    TdsCounts counts() {
        return new TdsCounts(connections.get(), logins.get(), refusedLogins.get(), batches.get(), attentions.get());
    }
}
