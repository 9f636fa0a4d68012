package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.plan.Params;
import io.gds.database.spi.CloneOwner;
import java.util.List;

/**
 * What stands in a clone's directory about it, from its first moment on: enough to open it from any process. It holds no
 * secret. Immutable.
 */
record CloneNote(Params document) {
    /** How many ports a clone needs. */
    static final int PORTS = 4;

    /** The part that the host's own findings are added to. */
    static Params draft(String cluster, String id, CloneOwner owner, CloneSource source) {
        return Params.of("cluster", cluster, "id", id, "account", source.owner())
                .with("interpreter", source.node().interpreter())
                .with("programs", source.node().binDir())
                .with("source", source.member())
                .with(owner.document());
    }

    String cluster() {
        return document.string("cluster");
    }

    String id() {
        return document.string("id");
    }

    CloneOwner owner() {
        return CloneOwner.of(document);
    }

    /** The host's account that owns the clone. */
    String account() {
        return document.string("account");
    }

    /** The Python that Patroni runs on. */
    String interpreter() {
        return document.string("interpreter");
    }

    /** The server's programs as they are installed on the host. */
    String programs() {
        return document.string("programs");
    }

    /** The etcd program. */
    String etcd() {
        return document.string("etcd");
    }

    /** What has to be copied for a version of the server, its programs first. */
    List<String> directories() {
        return document.strings("directories");
    }

    /** The host's address that the clone listens on besides loopback. */
    String address() {
        return document.string("address");
    }

    /** Files of the source's that the host does not have. */
    List<String> missing() {
        return document.strings("missing");
    }

    int serverPort() {
        return port(0);
    }

    int apiPort() {
        return port(1);
    }

    int etcdPort() {
        return port(2);
    }

    int etcdPeerPort() {
        return port(3);
    }

    private int port(int index) {
        if (document.asMap().get("ports") instanceof List<?> ports && ports.get(index) instanceof Number port) {
            return port.intValue();
        }
        throw new IllegalStateException("a clone's note without its ports: " + document);
    }
}
