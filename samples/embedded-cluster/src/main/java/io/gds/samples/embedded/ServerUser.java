package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operating system user the servers run as: ourselves, or nobody when we are root, since postgres refuses to run as root.
 * Immutable.
 */
record ServerUser(boolean isNobody) {
    private static final String NOBODY_ID = "65534";

    static ServerUser current() {
        return new ServerUser(effectiveUid().equals("0"));
    }

    static String effectiveUid() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Uid:")) {
                    return List.of(line.split("\\s+", -1)).get(2);
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Embedded clusters need Linux with /proc: " + e.getMessage(), e);
        }
        throw new EmbeddedClusterException("No Uid line in /proc/self/status");
    }

    /** The name to switch to for commands on the servers, empty when the current user already is the right one. */
    Optional<String> switchTo() {
        return isNobody ? Optional.of("nobody") : Optional.empty();
    }

    List<String> command(List<String> command) {
        if (!isNobody) {
            return command;
        }
        List<String> switched = new ArrayList<>(
                List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups", "--"));
        switched.addAll(command);
        return switched;
    }

    /** Gives one file, directory or link to the server user. */
    void own(Path path) throws IOException {
        if (!isNobody) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        view.setOwner(names.lookupPrincipalByName(NOBODY_ID));
        view.setGroup(names.lookupPrincipalByGroupName(NOBODY_ID));
    }

    /** Refuses a place the server user could not reach. */
    void requireReachable(Path directory) {
        if (!isNobody) {
            return;
        }
        try {
            for (Path at = directory; at != null; at = at.getParent()) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(at);
                if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new EmbeddedClusterException("User nobody cannot enter " + at
                            + ", and postgres does not run as root. Point java.io.tmpdir to a place like /tmp");
                }
            }
        } catch (IOException e) {
            throw new EmbeddedClusterException("Cannot look at " + directory + ": " + e.getMessage(), e);
        }
    }
}
