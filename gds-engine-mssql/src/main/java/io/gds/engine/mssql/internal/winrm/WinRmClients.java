package io.gds.engine.mssql.internal.winrm;

import io.cloudsoft.winrm4j.client.WinRmClientContext;
import io.cloudsoft.winrm4j.client.encryption.AsyncHttpEncryptionAwareConduit;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduit;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory.UseAsyncPolicy;

/** What the clients of one host are made with. Thread-safe. */
final class WinRmClients implements AutoCloseable {
    /**
     * A connection is given back a moment after its answer was read: a client that asks again at once would open a second one, and later
     * seal with the second one's keys what goes out on the first.
     */
    private static final Map<String, Object> ONE_CONNECTION = Map.of(
            AsyncHTTPConduitFactory.MAX_PER_HOST_CONNECTIONS, 1,
            AsyncHTTPConduitFactory.MAX_CONNECTIONS, 1,
            AsyncHTTPConduitFactory.THREAD_COUNT, 1,
            AsyncHTTPConduitFactory.USE_POLICY, UseAsyncPolicy.ALWAYS);

    private final List<Logger> quiet;
    private final Bus bus;

    /**
     * Clients of a service.
     *
     * @param trust whom to trust: with the scheme Basic the client forgets what its builder was told
     */
    WinRmClients(SSLContext trust) {
        quiet = QuietLibraries.held();
        bus = BusFactory.newInstance().createBus();
        bus.getProperties().put(AsyncHTTPConduit.USE_ASYNC, true);
        bus.getProperties().put(AsyncHTTPConduitFactory.USE_POLICY, UseAsyncPolicy.ALWAYS);
        HTTPConduitConfigurer configurer = (name, address, conduit) -> {
            TLSClientParameters tls = new TLSClientParameters();
            tls.setSslContext(trust);
            conduit.setTlsClientParameters(tls);
            if (conduit instanceof AsyncHttpEncryptionAwareConduit ofOneClient) {
                ofOneClient.getAsyncHTTPConduitFactory().update(ONE_CONNECTION);
            }
        };
        bus.setExtension(configurer, HTTPConduitConfigurer.class);
    }

    WinRmClientContext context() {
        return WinRmClientContext.newInstance(bus);
    }

    /** For people. */
    @Override
    public String toString() {
        return "clients of WinRM, " + quiet.size() + " loggers quiet";
    }

    @Override
    public void close() {
        bus.shutdown(true);
    }
}
