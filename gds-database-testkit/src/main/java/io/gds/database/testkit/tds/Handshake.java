package io.gds.database.testkit.tds;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Everything of a connection before its first request: prelogin, TLS, login. */
final class Handshake {
    private static final int FIRST_PACKET_SIZE = 4096;
    private static final int UNTRUSTED_DOMAIN = 18452;

    /** A client that is let in, and does not know it before {@link #welcome}. */
    record LoggedIn(SqlSession session, Login7 login, String database) {}

    private final ServerState server;
    private final TdsLink link;
    private final int id;

    Handshake(ServerState server, TdsLink link, int id) {
        this.server = server;
        this.link = link;
        this.id = id;
    }

    /** Empty when the client was not let in, or has been met with silence until it left. */
    Optional<LoggedIn> run() throws IOException, InterruptedException {
        if (server.faults().isSilent(Silence.PRELOGIN)) {
            link.swallow();
            return Optional.empty();
        }
        if (server.encryption() == Encryption.STRICT) {
            link.startStrictTls(server.identity());
        }
        TdsMessage hello = expect(TdsMessage.PRELOGIN, TdsMessage.read(link.in()));
        int wanted = Prelogin.read(hello).encryption();
        PacketWriter reply = replies();
        Prelogin.answer(server.build(), server.encryption().answer(wanted)).writeTo(reply);
        reply.endMessage();
        return login(server.encryption().extent(wanted));
    }

    /** With TLS for the login alone, the client goes back to clear text after the first packet. */
    private Optional<LoggedIn> login(Encryption.Extent extent) throws IOException, InterruptedException {
        if (extent != Encryption.Extent.NOTHING) {
            link.startTls(server.identity());
        }
        boolean loginOnly = extent == Encryption.Extent.LOGIN;
        TdsMessage message = TdsMessage.read(link.in(), loginOnly ? link.rawIn() : link.in());
        Login7 login = Login7.read(expect(TdsMessage.LOGIN, message));
        if (loginOnly) {
            link.endTls();
        }
        if (server.faults().isSilent(Silence.LOGIN)) {
            link.swallow();
            return Optional.empty();
        }
        server.faults().holdLogin();
        return answer(login);
    }

    private Optional<LoggedIn> answer(Login7 login) throws IOException {
        try {
            if (login.integrated()) {
                throw new SqlFailure(
                        UNTRUSTED_DOMAIN,
                        1,
                        14,
                        "Login failed. The login is from an untrusted domain and cannot be used with Integrated"
                                + " authentication.");
            }
            return Optional.of(letIn(login, server.login(login.login())));
        } catch (SqlFailure e) {
            return refuse(e.outcome());
        } catch (RuntimeException e) {
            return refuse(Answer.ownFailure(e));
        }
    }

    private LoggedIn letIn(Login7 login, SqlSession session) {
        try {
            session.number(id);
            return new LoggedIn(session, login, session.database());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private Optional<LoggedIn> refuse(SqlOutcome.Failed why) throws IOException {
        PacketWriter reply = replies();
        Answer answer = new Answer(reply, server.name(), new AtomicReference<>(""), () -> false);
        answer.failed(why);
        answer.endBatch();
        return Optional.empty();
    }

    /** Tells the client that it is in. */
    void welcome(LoggedIn client) throws IOException {
        Login7 login = client.login();
        String database = client.database();
        PacketWriter reply = replies();
        TokenWriter.environment(EnvironmentChange.database(database, "master")).writeTo(reply);
        TokenWriter.info(SqlOutcome.Info.databaseContext(database), server.name())
                .writeTo(reply);
        TokenWriter.environment(EnvironmentChange.collation()).writeTo(reply);
        TokenWriter.environment(EnvironmentChange.language()).writeTo(reply);
        TokenWriter.info(SqlOutcome.Info.languageSetting(), server.name()).writeTo(reply);
        TokenWriter.loginAck(login.tdsVersion(), server.build()).writeTo(reply);
        TokenWriter.environment(EnvironmentChange.packetSize(login.packetSize(), FIRST_PACKET_SIZE))
                .writeTo(reply);
        TokenWriter.done(TokenWriter.DONE, TokenWriter.FINAL, 0, 0).writeTo(reply);
        reply.endMessage();
    }

    private PacketWriter replies() {
        return new PacketWriter(link.out(), TdsMessage.REPLY, id, FIRST_PACKET_SIZE);
    }

    private static TdsMessage expect(int type, @Nullable TdsMessage message) throws ProtocolException {
        if (message == null || message.type() != type) {
            throw new ProtocolException("expected a message of type " + type);
        }
        return message;
    }
}
