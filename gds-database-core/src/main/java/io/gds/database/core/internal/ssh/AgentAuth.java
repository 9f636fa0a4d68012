package io.gds.database.core.internal.ssh;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Logs in with one key of an agent: the host is asked whether it would do, and only then the agent signs. */
final class AgentAuth extends AbstractAuthMethod {
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;

    private final Agent agent;
    private final Agent.Identity identity;
    private final Deque<Way> ways;

    /**
     * A way to sign.
     *
     * @param algorithm as the host calls it
     * @param flags as the agent calls it
     */
    private record Way(String algorithm, int flags) {}

    AgentAuth(Agent agent, Agent.Identity identity) throws IOException {
        super("publickey");
        this.agent = agent;
        this.identity = identity;
        this.ways = new ArrayDeque<>(ways(identity.type()));
    }

    /** RSA keys sign in several ways, of which the oldest is refused today. */
    private static List<Way> ways(String type) {
        if (!type.equals("ssh-rsa") && !type.equals("ssh-rsa-cert-v01@openssh.com")) {
            return List.of(new Way(type, 0));
        }
        String end = type.substring("ssh-rsa".length());
        return List.of(new Way("rsa-sha2-512" + end, RSA_SHA2_512), new Way("rsa-sha2-256" + end, RSA_SHA2_256));
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    @Override
    public void handle(Message message, SSHPacket buffer) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, buffer);
            return;
        }
        SSHPacket packet = request(true);
        byte[] signed = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(packet)
                .getCompactData();
        try {
            packet.putBytes(agent.sign(identity, signed, ways.element().flags()));
        } catch (IOException e) {
            throw new UserAuthException("the agent did not sign with " + identity.comment() + ": " + e.getMessage(), e);
        }
        params.getTransport().write(packet);
    }

    @Override
    public boolean shouldRetry() {
        ways.remove();
        return !ways.isEmpty();
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        SSHPacket packet = super.buildReq();
        packet.putBoolean(signed).putString(ways.element().algorithm()).putBytes(identity.blob());
        return packet;
    }
}
