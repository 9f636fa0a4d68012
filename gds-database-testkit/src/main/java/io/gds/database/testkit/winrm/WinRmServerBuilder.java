package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link WinRmServer} is to be. Without a call of {@link #basic()} or {@link #negotiate()} nobody can log in. Not
 * thread-safe.
 */
public final class WinRmServerBuilder {
    final CommandHost host;
    final Map<String, String> passwords = new LinkedHashMap<>();
    boolean basic;
    boolean negotiate;
    boolean allowUnencrypted;
    boolean signedExitCodes;
    Limits limits = Limits.WINDOWS;
    InetAddress address = InetAddress.getLoopbackAddress();
    int port;

    @Nullable
    SSLContext tls;

    WinRmServerBuilder(CommandHost host) {
        this.host = host;
    }

    /**
     * Lets somebody in.
     *
     * @param user a name that is good with every domain, or {@code DOMAIN\name}; capitals do not matter
     */
    public WinRmServerBuilder account(String user, String password) {
        passwords.put(requireNonNull(user, "user"), requireNonNull(password, "password"));
        return this;
    }

    /** Accepts the scheme Basic: over HTTPS, and over HTTP only with {@link #allowUnencrypted()}. */
    public WinRmServerBuilder basic() {
        basic = true;
        return this;
    }

    /** Accepts the scheme Negotiate with NTLM version 2; over HTTP the client has to seal its messages. */
    public WinRmServerBuilder negotiate() {
        negotiate = true;
        return this;
    }

    /** Accepts messages, and passwords of Basic, in clear text over HTTP. */
    public WinRmServerBuilder allowUnencrypted() {
        allowUnencrypted = true;
        return this;
    }

    /** Speaks HTTPS only, with the key of this context. */
    public WinRmServerBuilder https(SSLContext context) {
        tls = requireNonNull(context, "context");
        return this;
    }

    /**
     * Where it listens; 127.0.0.1 when not said. Many hosts of one test are many addresses of 127.0.0.0/8.
     *
     * @throws IllegalArgumentException when others than this machine could reach it
     */
    public WinRmServerBuilder address(InetAddress where) {
        if (!where.isLoopbackAddress()) {
            throw new IllegalArgumentException("address: found " + where + ", expected one of this machine alone");
        }
        address = where;
        return this;
    }

    /** Listens here; without it, or with 0, on a port that is free. */
    public WinRmServerBuilder port(int number) {
        port = number;
        return this;
    }

    /** How many shells a user may have open, 30 when not said. */
    public WinRmServerBuilder maxShellsPerUser(int most) {
        limits = new Limits(most, limits.operationsPerUser(), limits.maxEnvelopeSize());
        return this;
    }

    /**
     * How many commands the open shells of a user may have had, 1500 when not said. As on Windows, a text shell gives an
     * operation back only when it is closed, not when the command ends.
     */
    public WinRmServerBuilder maxOperationsPerUser(int most) {
        limits = new Limits(limits.shellsPerUser(), most, limits.maxEnvelopeSize());
        return this;
    }

    /** How big a request or an answer may be in bytes, 500 KiB when not said; bigger requests get the status 413. */
    public WinRmServerBuilder maxEnvelopeSize(int bytes) {
        limits = new Limits(limits.shellsPerUser(), limits.operationsPerUser(), bytes);
        return this;
    }

    /** Writes exit codes below zero with a sign; without it as Windows does, modulo 2^32. */
    public WinRmServerBuilder signedExitCodes() {
        signedExitCodes = true;
        return this;
    }

    /** Starts it. */
    public WinRmServer start() throws IOException {
        return new WinRmServer(this);
    }

    /** Names the users, never their passwords. */
    @Override
    public String toString() {
        return "WinRmServerBuilder" + passwords.keySet();
    }
}
