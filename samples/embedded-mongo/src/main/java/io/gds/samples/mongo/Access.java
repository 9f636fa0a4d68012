package io.gds.samples.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the servers of a set are to be reached.
 *
 * @param user who may do everything; empty where the servers ask for no login
 * @param password of the user
 * @param tls whether connections are encrypted, by the certificates that the JVM trusts
 */
record Access(Optional<String> user, String password, boolean tls) {
    static final Access OPEN = new Access(Optional.empty(), "", false);

    /** Before there is a user, which a server grants to clients of its own host alone. */
    Access withoutLogin() {
        return new Access(Optional.empty(), "", tls);
    }

    /** For one server, which need not be there. */
    MongoClient one(String address) {
        return MongoClients.create(settings("mongodb://" + address + "/?directConnection=true")
                .applyToClusterSettings(b -> b.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToSocketSettings(b -> b.connectTimeout(2, TimeUnit.SECONDS))
                .build());
    }

    /** For the whole set. */
    MongoClient all(String uri) {
        return MongoClients.create(settings(uri).build());
    }

    private MongoClientSettings.Builder settings(String uri) {
        MongoClientSettings.Builder b = MongoClientSettings.builder().applyConnectionString(new ConnectionString(uri));
        b.applyToSslSettings(s -> s.enabled(tls));
        user.ifPresent(u -> b.credential(MongoCredential.createCredential(u, "admin", password.toCharArray())));
        return b;
    }
}
