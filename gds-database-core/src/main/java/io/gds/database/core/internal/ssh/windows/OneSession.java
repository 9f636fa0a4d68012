package io.gds.database.core.internal.ssh.windows;

import java.net.InetSocketAddress;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.connection.channel.direct.SessionFactory;

/** Gives out a channel that is open already. */
record OneSession(SessionChannel channel) implements SessionFactory {
    @Override
    public Session startSession() {
        return channel;
    }

    @Override
    public InetSocketAddress getRemoteSocketAddress() {
        return InetSocketAddress.createUnresolved("host", 0);
    }
}
