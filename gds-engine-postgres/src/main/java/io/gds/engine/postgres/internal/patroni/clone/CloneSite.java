package io.gds.engine.postgres.internal.patroni.clone;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a clone is. All that belongs to it lies in one directory, and all its units carry that directory's name, so that
 * whoever knows the name can remove it, whatever there is of it.
 *
 * @param host the host, as this process reaches it
 * @param parent the directory of clones there
 * @param name the clone's own directory in it
 */
record CloneSite(String host, String parent, String name) {
    static final String MEMBER = "clone";

    /** What names of a cluster's clones begin with; names of other clusters may begin so, too. */
    static String prefix(String cluster) {
        return "gds-clone-" + cluster.replaceAll("[^A-Za-z0-9_-]", "_") + "-";
    }

    static CloneSite of(CloneHost host, String cluster, String id) {
        return new CloneSite(host.name(), host.parent(), prefix(cluster) + id);
    }

    String path() {
        return parent + "/" + name;
    }

    String data() {
        return path() + "/data";
    }

    String etcdData() {
        return path() + "/etcd";
    }

    String versions() {
        return path() + "/versions";
    }

    /** The link to the version that a start runs. */
    String current() {
        return path() + "/current";
    }

    /** Where the files of a version's packages lie before they become part of it. */
    String unpacked(String version) {
        return path() + "/unpacked/" + version;
    }

    /** Patroni's configuration. */
    String config() {
        return path() + "/patroni.yml";
    }

    /** What Patroni and the server say. */
    String log() {
        return path() + "/patroni.log";
    }

    String etcdUnit() {
        return name + "-etcd.service";
    }

    String patroniUnit() {
        return name + "-patroni.service";
    }

    String backupUnit() {
        return name + "-backup.service";
    }

    /** Those who use others first. */
    List<String> units() {
        return List.of(backupUnit(), patroniUnit(), etcdUnit());
    }

    /** systemd refuses longer names. */
    boolean isNameable() {
        return patroniUnit().getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    @Override
    public String toString() {
        return path() + " on " + host;
    }
}
