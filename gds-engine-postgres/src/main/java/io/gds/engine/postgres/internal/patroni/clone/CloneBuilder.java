package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.CloneRequest;
import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.CloneOwner;
import io.gds.database.spi.Command;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.CloneSpec;
import io.gds.engine.postgres.internal.config.PatroniSpec;
import io.gds.engine.postgres.internal.control.Spin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one clone. Its directory is claimed first and its note stands in it from then on: whatever dies later leaves
 * something that can be found and removed.
 */
final class CloneBuilder {
    /** Beside the data: log, two versions of the server, the etcd. */
    private static final long ROOM = 1L << 30;

    /** After its promotion the server finishes its recovery. */
    private static final Duration FIRST_WRITE = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final PostgresEngine engine;
    private final CloneSpec spec;
    private final CloneHost host;
    private final CloneSource source;
    private final CloneRequest request;
    private final CloneSite site;

    CloneBuilder(PostgresEngine engine, CloneSpec spec, CloneHost host, CloneSource source, CloneRequest request) {
        this.engine = engine;
        this.spec = spec;
        this.host = host;
        this.source = source;
        this.request = request;
        this.site = CloneSite.of(host, engine.name(), request.id());
    }

    CloneSite site() {
        return site;
    }

    /** Claims directory and ports; nothing is there when it refuses. */
    CloneNote claim() {
        if (!CloneSpec.isDirectory(host.parent()) || !site.isNameable()) {
            throw refused("its directory would be " + site.path(), "name another one as clone.directory");
        }
        boolean beside = host.name().equals(source.address().host());
        if (!beside && engine.spec().patroni().flatMap(p -> p.tls()).isPresent()) {
            throw refused(
                    "its REST interfaces are encrypted, and host " + host.name() + " has no certificate for one",
                    "leave clone.host out, so that the clone stands beside a replica");
        }
        Params note = CloneNote.draft(engine.name(), request.id(), CloneOwner.thisProcess(request.owned()), source);
        boolean unpacks = !CloneOpener.isSideBySide(engine.reference().spec().object("packages"));
        return host.claim(
                source.node().interpreter(),
                Params.of("parent", host.parent(), "name", site.name(), "owner", source.owner())
                        .with("addresses", addresses())
                        .with("first", spec.firstPort())
                        .with("last", spec.lastPort())
                        .with("count", CloneNote.PORTS)
                        .with("bytes", source.bytes() + source.bytes() / 10 + ROOM)
                        .with("programs", unpacks ? source.node().binDir() : "")
                        .with("files", List.copyOf(CloneConfiguration.encryptionFiles(source.settings())))
                        .with("note", note),
                engine.name());
    }

    /** The host's addresses as they are reached from here: only on one of these is the clone of any use. */
    private List<String> addresses() {
        try {
            List<String> out = new ArrayList<>();
            for (InetAddress each : InetAddress.getAllByName(host.name())) {
                out.add(each.getHostAddress());
            }
            return out;
        } catch (UnknownHostException e) {
            throw refused("host " + host.name() + " has no address that is known here", "name one as clone.host");
        }
    }

    /** Makes everything else, until the clone accepts writes. */
    void build(CloneNote note, PostgresEngine clone) {
        clone.packages().orElseThrow().install(CloneSite.MEMBER, source.version());
        CloneUnits units = new CloneUnits(host.shell(), site, note);
        units.define();
        units.startEtcd();
        copy(note);
        configure(note);
        units.startPatroni(request.timeout());
        if (!Spin.until(() -> clone.topology().primary().isPresent(), FIRST_WRITE)) {
            throw GdsDatabaseException.environment("GDS-CLONE-HOST")
                    .message("the clone " + site + " does not answer as a primary: "
                            + clone.topology().members() + ".")
                    .remedy("check that port " + note.serverPort() + " of that host can be reached from here.")
                    .build();
        }
    }

    private void configure(CloneNote note) {
        Params order = new CloneConfiguration(site, note, source, engine).order();
        Command configure = HostScript.python(note.interpreter(), "configure.py", order.toJson())
                .as(note.account());
        Optional<PatroniSpec.Login> login = engine.spec().patroni().flatMap(PatroniSpec::login);
        if (login.isPresent()) {
            configure = configure.mask(
                    engine.context().secrets().resolve(login.get().password()));
        }
        HostScript.run(host.shell(), "configure the clone", configure);
    }

    /** Over the replication protocol, with a slot that is the copy's own and goes with it, in a unit that we can find. */
    private void copy(CloneNote note) {
        CloneSpec.Replication login = spec.replication().orElseThrow();
        Secret password = engine.context().secrets().resolve(login.password());
        List<String> words = new ArrayList<>(List.of(
                "-d",
                "host=" + quoted(source.address().host()) + " port="
                        + source.address().port() + " user=" + quoted(login.user()) + " sslmode="
                        + engine.spec().connection().sslMode(),
                "-D",
                site.data(),
                "-X",
                "stream",
                "-c",
                "fast"));
        source.tablespaces().forEach((id, path) -> {
            words.add("-T");
            words.add(path.replace("=", "\\=") + "=" + site.path() + "/tablespaces/" + id);
        });
        Command copy = Command.of(
                        "systemd-run",
                        "--quiet",
                        "--pipe",
                        "--wait",
                        "--collect",
                        "--no-ask-password",
                        "--unit=" + site.backupUnit(),
                        "--uid=" + note.account(),
                        "--property=OOMScoreAdjust=900",
                        "--property=RuntimeMaxSec=" + request.timeout().toSeconds(),
                        "--",
                        "/bin/sh",
                        "-c",
                        HostScript.text("backup.sh"),
                        "backup.sh",
                        site.path(),
                        site.current() + "/bin/pg_basebackup")
                .with(words.toArray(String[]::new));
        HostScript.run(
                host.shell(),
                "copy " + source.member() + " as " + login.user(),
                copy.as("root")
                        .input(password.reveal() + "\n")
                        .mask(password)
                        .timeout(request.timeout().plus(GRACE)));
    }

    /** A value of a connection string. */
    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private GdsDatabaseException refused(String why, String remedy) {
        return GdsDatabaseException.user("GDS-CLONE-REFUSED")
                .message("cluster " + engine.name() + " cannot be cloned: " + why + ".")
                .remedy(remedy + ", or rehearse on a copy of your own.")
                .build();
    }
}
