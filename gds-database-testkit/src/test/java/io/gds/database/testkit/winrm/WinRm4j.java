package io.gds.database.testkit.winrm;

import io.cloudsoft.winrm4j.client.ShellCommand;
import io.cloudsoft.winrm4j.client.WinRmClient;
import io.cloudsoft.winrm4j.client.WinRmClientBuilder;
import io.cloudsoft.winrm4j.client.WinRmClientContext;
import io.cloudsoft.winrm4j.client.retry.RetryDecision;
import io.cloudsoft.winrm4j.client.retry.RetryPolicy;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.xml.ws.soap.SOAPFaultException;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.transport.http.HTTPConduitConfigurer;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduit;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory;
import org.apache.cxf.transport.http.asyncclient.AsyncHTTPConduitFactory.UseAsyncPolicy;
import org.apache.http.client.config.AuthSchemes;

/** The real client. It takes seconds to start, so one is shared by a test class. */
final class WinRm4j implements AutoCloseable {
    static final String USER = "Administrator";
    static final String PASSWORD = "s3cret pass";
    static final long OPERATION_MILLIS = 20_000;

    static {
        // Otherwise CXF and SAAJ write into the log of the build.
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
        System.setProperty("javax.xml.soap.SAAJMetaFactory", "com.sun.xml.messaging.saaj.soap.SAAJMetaFactoryImpl");
    }

    private final Bus bus;
    private final WinRmClientContext context;

    /** A client that trusts what this context trusts. */
    WinRm4j(SSLContext trust) {
        bus = BusFactory.newInstance().createBus();
        bus.getProperties().put(AsyncHTTPConduit.USE_ASYNC, true);
        bus.getProperties().put(AsyncHTTPConduitFactory.USE_POLICY, UseAsyncPolicy.ALWAYS);
        // With the scheme Basic the client forgets the TLS settings of its own builder.
        HTTPConduitConfigurer configurer = (name, address, conduit) -> {
            TLSClientParameters tls = new TLSClientParameters();
            tls.setSslContext(trust);
            conduit.setTlsClientParameters(tls);
        };
        bus.setExtension(configurer, HTTPConduitConfigurer.class);
        context = WinRmClientContext.newInstance(bus);
    }

    WinRmClientContext context() {
        return context;
    }

    /** By NTLM, which seals its messages; asks again at once, three times, when a connection breaks. */
    WinRmClientBuilder ntlm(URI endpoint) {
        return with(endpoint, AuthSchemes.NTLM);
    }

    WinRmClientBuilder basic(URI endpoint) {
        return with(endpoint, AuthSchemes.BASIC);
    }

    private WinRmClientBuilder with(URI endpoint, String scheme) {
        try {
            return WinRmClient.builder(endpoint.toURL())
                    .authenticationScheme(scheme)
                    .credentials(USER, PASSWORD)
                    .context(context)
                    .operationTimeout(OPERATION_MILLIS)
                    .failureRetryPolicy(retrying(() -> {}));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Asks again at once, three times; before that it does something. */
    static RetryPolicy retrying(Runnable before) {
        return (failure, attempt) -> {
            before.run();
            return new Again(attempt <= 3);
        };
    }

    private record Again(boolean shouldRetry) implements RetryDecision {
        @Override
        public long pauseTimeMillis() {
            return 0;
        }

        @Override
        public Optional<String> reason() {
            return Optional.empty();
        }
    }

    /**
     * What a command said.
     *
     * @param code its exit code
     */
    record Said(int code, String out, String err) {}

    static Said run(ShellCommand shell, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = shell.execute(line, out, err);
        return new Said(code, out.toString(), err.toString());
    }

    /** The Code attribute of a fault. */
    static long code(SOAPFaultException fault) {
        return Long.parseLong(fault.getFault()
                .getDetail()
                .getFirstChild()
                .getAttributes()
                .getNamedItem("Code")
                .getNodeValue());
    }

    @Override
    public void close() {
        bus.shutdown(true);
    }
}
