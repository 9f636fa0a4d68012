package io.gds.engine.mssql.internal.winrm;

import io.cloudsoft.winrm4j.client.WinRmClient;
import io.cloudsoft.winrm4j.client.WinRmClientBuilder;
import java.net.URL;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A client with one connection of its own. NTLM gives every connection its keys, and the client keeps those of the last one only: with a
 * second connection the host would refuse what is sealed for the other. Used by one thread at a time.
 */
final class SoleClient implements AutoCloseable {
    private final WinRmClient client;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread own = new Thread(work, "gds-winrm");
        own.setDaemon(true);
        return own;
    });

    private SoleClient(WinRmClient client) {
        this.client = client;
    }

    /** Makes one. */
    static SoleClient of(URL endpoint, WinRmClients all, Consumer<WinRmClientBuilder> settings) {
        WinRmClientBuilder builder = WinRmClient.builder(endpoint).context(all.context());
        settings.accept(builder);
        return new SoleClient(builder.build());
    }

    /** Runs on the client's own thread. */
    void run(Runnable work) {
        thread.execute(work);
    }

    WinRmClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        thread.shutdown();
    }
}
