package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * A fake WinRM service on the loopback address. It speaks the remote shell of WS-Management with real clients, and gives
 * their commands to a {@link CommandHost}; it knows nothing of Windows itself. Thread-safe.
 *
 * <p>What a client has lost it may ask for again, within the limits of a real service: output in an answer that did not
 * arrive is gone. A client that leaves by itself in the middle of a Receive is noticed when it asks again; then the older
 * request takes nothing more.
 */
public final class WinRmServer implements AutoCloseable {
    /** For {@link #plan(Operation, int, Trouble)}: until {@link #calm()}. */
    public static final int FOR_EVER = Integer.MAX_VALUE;

    private final Troubles troubles = new Troubles();
    private final WsmanConversation.Requests requests = new WsmanConversation.Requests();
    private final Shells shells;
    private final WsmanService service;
    private final HttpFront front;
    private final String scheme;

    WinRmServer(WinRmServerBuilder b) throws IOException {
        this.shells = new Shells(b.limits);
        this.service = new WsmanService(b.host, shells, b.limits, b.signedExitCodes);
        this.scheme = b.tls == null ? "http" : "https";
        Accounts accounts = new Accounts(b.passwords);
        boolean clearText = b.allowUnencrypted || b.tls != null;
        WsmanConversation.Desk desk = new WsmanConversation.Desk(service, troubles, b.limits, clearText, requests);
        boolean basic = b.basic && clearText;
        boolean negotiate = b.negotiate;
        this.front = new HttpFront(
                b.address,
                b.port,
                b.tls,
                c -> new WsmanConversation(new Login(accounts, basic, negotiate, "WINRM"), c, desk));
    }

    /** A server whose commands run on this host. */
    public static WinRmServerBuilder builder(CommandHost host) {
        return new WinRmServerBuilder(requireNonNull(host, "host"));
    }

    /** Where it listens, or listened before {@link #refuse()}. */
    public int port() {
        return front.port();
    }

    /** What clients connect to, with its address for the host. */
    public URI endpoint() {
        return URI.create(scheme + "://" + front.address().getHostAddress() + ":" + port() + "/wsman");
    }

    /** The next request of this kind meets a trouble, after those that are planned already. */
    public void plan(Operation operation, Trouble trouble) {
        plan(operation, 1, trouble);
    }

    /**
     * The next requests of this kind meet a trouble, after those that are planned already. Requests count that are
     * logged in and can be read.
     *
     * @param times how many, or {@link #FOR_EVER}
     */
    public void plan(Operation operation, int times, Trouble trouble) {
        troubles.plan(requireNonNull(operation, "operation"), times, requireNonNull(trouble, "trouble"));
    }

    /** No more troubles. */
    public void calm() {
        troubles.clear();
    }

    /** From now on every Receive brings at most this many bytes, even if that splits a character. */
    public void outputInPieces(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes);
        }
        service.outputInPieces(bytes);
    }

    /** Cuts the connections that are open now. Commands go on. */
    public void cutAll() {
        front.cut();
        shells.wake();
    }

    /** The host is down, or a firewall is up: no connection is left, and nobody gets one. Commands go on. */
    public void refuse() {
        front.refuse();
        shells.wake();
    }

    /**
     * Listens again on the same port after {@link #refuse()}.
     *
     * @throws java.io.UncheckedIOException when somebody else has taken the port
     */
    public void accept() {
        front.open();
    }

    /** The service or the host starts anew: connections are cut, shells are lost, commands are terminated. */
    public void restart() {
        front.refuse();
        shells.lose();
        front.open();
    }

    /** How many shells are open. */
    public int shellsOpen() {
        return shells.size();
    }

    /** How many shells were ever opened. */
    public int shellsCreated() {
        return shells.created();
    }

    /** The lines of all commands that were ever started, in their order. */
    public List<String> commandLines() {
        return service.commandLines();
    }

    /** How many requests of this kind were read, with those that met a trouble. */
    public int requests(Operation operation) {
        return requests.of(operation);
    }

    /** Stops everything; commands are terminated. */
    @Override
    public void close() {
        front.close();
        shells.lose();
    }

    @Override
    public String toString() {
        return "WinRmServer[" + endpoint() + "]";
    }
}
