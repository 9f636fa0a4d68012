package io.gds.database.testkit.winrm;

import java.security.SignatureException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: login, unsealing, the planned troubles, the operation, sealing. */
final class WsmanConversation implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(WsmanConversation.class);
    private static final String PATH = "/wsman";

    private final Login login;
    private final HttpConnection connection;
    private final Desk desk;

    /**
     * What all connections share.
     *
     * @param clearTextAllowed whether messages may come unsealed, because the connection is secure or by a knob
     */
    record Desk(WsmanService service, Troubles troubles, Limits limits, boolean clearTextAllowed, Requests requests) {}

    /** How often each operation was asked for. Thread-safe. */
    static final class Requests {
        private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);

        synchronized void count(Operation operation) {
            counts.merge(operation, 1, Integer::sum);
        }

        synchronized int of(Operation operation) {
            return counts.getOrDefault(operation, 0);
        }
    }

    WsmanConversation(Login login, HttpConnection connection, Desk desk) {
        this.login = login;
        this.connection = connection;
        this.desk = desk;
    }

    @Override
    public Optional<HttpResponse> answer(HttpRequest request) throws InterruptedException {
        if (!request.path().equals(PATH)) {
            return Optional.of(HttpResponse.empty(404));
        }
        if (!request.method().equals("POST")) {
            return Optional.of(HttpResponse.empty(405));
        }
        if (request.header("wsmanidentify").isPresent()) {
            WsmanReply identity = WsmanReply.identity();
            return Optional.of(HttpResponse.of(200, WsmanReply.CONTENT_TYPE, identity.bytes()));
        }
        Login.Result result = login.check(request.header("authorization"));
        if (result instanceof Login.Denied denied) {
            return Optional.of(HttpResponse.unauthorized(denied));
        }
        return admitted(request, (Login.Granted) result);
    }

    private Optional<HttpResponse> admitted(HttpRequest request, Login.Granted who) throws InterruptedException {
        if (request.body().length > desk.limits().maxEnvelopeSize()) {
            return Optional.of(HttpResponse.empty(413));
        }
        boolean sealed = SealedBody.is(request.header("content-type").orElse(""));
        if (!sealed) {
            // Windows says 500 and nothing else to a message in clear text that it may not accept.
            return desk.clearTextAllowed()
                    ? soap(request.body(), who.account(), Optional.empty())
                    : Optional.of(HttpResponse.empty(500));
        }
        if (who.session().isEmpty()) {
            return Optional.of(HttpResponse.empty(400));
        }
        try {
            return soap(SealedBody.unseal(who.session().get(), request.body()), who.account(), who.session());
        } catch (SignatureException e) {
            LOG.debug("refused a message of {}", who.account(), e);
            connection.cut(); // the keys no longer fit
            return Optional.empty();
        }
    }

    private Optional<HttpResponse> soap(byte[] xml, String account, Optional<NtlmSession> session)
            throws InterruptedException {
        WsmanMessage message;
        try {
            message = WsmanMessage.read(xml);
        } catch (WsmanFaultException e) {
            return Optional.of(send(WsmanReply.fault(e.fault(), ""), session));
        }
        Optional<Operation> known = Operation.of(message.action());
        if (known.isEmpty()) {
            return Optional.of(send(WsmanReply.fault(WsmanFault.UNKNOWN_ACTION, message.id()), session));
        }
        Operation operation = known.get();
        desk.requests().count(operation);
        return meet(desk.troubles().take(operation), operation, message, account, session);
    }

    private Optional<HttpResponse> meet(
            Trouble trouble, Operation operation, WsmanMessage message, String account, Optional<NtlmSession> session)
            throws InterruptedException {
        if (trouble instanceof Trouble.DropBefore) {
            return Optional.empty();
        } else if (trouble instanceof Trouble.Unauthorized) {
            return Optional.of(HttpResponse.unauthorized(login.denied()));
        } else if (trouble instanceof Trouble.Status status) {
            return Optional.of(HttpResponse.empty(status.code()));
        } else if (trouble instanceof Trouble.Fault fault) {
            return Optional.of(send(WsmanReply.fault(fault.fault(), message.id()), session));
        } else if (trouble instanceof Trouble.Hold hold) {
            hold.gate().pass();
        }
        Optional<HttpResponse> answer = perform(operation, message, account).map(r -> send(r, session));
        return trouble instanceof Trouble.DropAfter ? Optional.empty() : answer;
    }

    /** The answer; empty when there is nobody left to get it. */
    private Optional<WsmanReply> perform(Operation operation, WsmanMessage message, String account)
            throws InterruptedException {
        try {
            String body = desk.service().handle(operation, message, account, connection::isOpen);
            return Optional.of(WsmanReply.done(operation, message, body));
        } catch (WsmanFaultException e) {
            return Optional.of(WsmanReply.fault(e.fault(), message.id()));
        } catch (CallerGone e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("{} failed", operation, e);
            return Optional.of(WsmanReply.fault(WsmanFault.INTERNAL_ERROR, message.id()));
        }
    }

    private static HttpResponse send(WsmanReply reply, Optional<NtlmSession> session) {
        return session.map(s ->
                        HttpResponse.of(reply.status(), SealedBody.CONTENT_TYPE, SealedBody.seal(s, reply.bytes())))
                .orElseGet(() -> HttpResponse.of(reply.status(), WsmanReply.CONTENT_TYPE, reply.bytes()));
    }
}
