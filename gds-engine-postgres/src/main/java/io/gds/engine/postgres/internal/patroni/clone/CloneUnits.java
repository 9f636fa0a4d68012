package io.gds.engine.postgres.internal.patroni.clone;

import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A clone's units. They are files of systemd's own runtime directory: stopped units can be started again, unlike transient
 * ones, and a reboot forgets them.
 */
final class CloneUnits {
    private static final String ROOT = "root";
    private static final String DIRECTORY = "/run/systemd/system/";
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final HostShell shell;
    private final CloneSite site;
    private final CloneNote note;

    CloneUnits(HostShell shell, CloneSite site, CloneNote note) {
        this.shell = shell;
        this.site = site;
        this.note = note;
    }

    /** Short, since paths of sockets are; systemd makes it when the unit starts and removes it when that stops. */
    static String socketDirectory(CloneNote note) {
        return "/run/" + runtimeDirectory(note);
    }

    private static String runtimeDirectory(CloneNote note) {
        return "gds-clone-" + note.serverPort();
    }

    /** Writes the units. */
    void define() {
        write(site.etcdUnit(), etcd());
        write(site.patroniUnit(), patroni());
        HostScript.run(
                shell,
                "let systemd read the clone's units",
                Command.of("systemctl", "daemon-reload").as(ROOT));
    }

    /** Starts the clone's DCS, and waits until it serves. */
    void startEtcd() {
        HostScript.run(
                shell,
                "start the clone's etcd, see " + etcdLog(),
                Command.of("systemctl", "start", "--", site.etcdUnit()).as(ROOT).timeout(START));
    }

    /** Starts Patroni, and waits until the server has been promoted. */
    void startPatroni(Duration limit) {
        HostScript.run(
                shell,
                "start the clone",
                Command.of("systemctl", "start", "--", site.patroniUnit())
                        .as(ROOT)
                        .timeout(START));
        HostScript.run(
                shell,
                "bring the clone up, see " + site.log(),
                HostScript.shell(
                                "await.sh",
                                site.patroniUnit(),
                                site.data(),
                                site.log(),
                                Long.toString(limit.toSeconds()))
                        .as(ROOT)
                        .timeout(limit.plus(GRACE)));
    }

    private void write(String unit, List<String> lines) {
        String text = String.join("\n", lines) + "\n";
        shell.write(DIRECTORY + unit, text.getBytes(StandardCharsets.UTF_8), "644", ROOT);
    }

    private String etcdLog() {
        return site.path() + "/etcd.log";
    }

    private List<String> etcd() {
        String client = "http://127.0.0.1:" + note.etcdPort();
        String peer = "http://127.0.0.1:" + note.etcdPeerPort();
        return List.of(
                "[Unit]",
                "Description=etcd of the clone " + site.name(),
                "[Service]",
                "Type=notify",
                "User=" + note.account(),
                "ExecStart=" + note.etcd() + " --name " + CloneSite.MEMBER + " --data-dir " + site.etcdData()
                        + " --listen-client-urls " + client + " --advertise-client-urls " + client
                        + " --listen-peer-urls "
                        + peer + " --initial-advertise-peer-urls " + peer + " --initial-cluster " + CloneSite.MEMBER
                        + "="
                        + peer,
                "StandardOutput=append:" + etcdLog(),
                "StandardError=append:" + etcdLog(),
                // when memory runs out, the clone goes first
                "OOMScoreAdjust=900");
    }

    /** Like the unit of a member; but nothing of it may stay behind, so no process outlives Patroni. */
    private List<String> patroni() {
        return List.of(
                "[Unit]",
                "Description=Patroni of the clone " + site.name(),
                "[Service]",
                "Type=simple",
                "User=" + note.account(),
                "RuntimeDirectory=" + runtimeDirectory(note),
                "RuntimeDirectoryMode=0700",
                "Environment=LD_LIBRARY_PATH=" + site.current() + "/lib",
                "ExecStart=" + note.interpreter() + " -m patroni " + site.config(),
                "KillMode=mixed",
                "TimeoutStopSec=600",
                "StandardOutput=append:" + site.log(),
                "StandardError=append:" + site.log(),
                "OOMScoreAdjust=900");
    }
}
