package io.gds.samples.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small file systems in memory for members whose disk a test fills. Stateless: what is mounted is read from the kernel. */
final class Mounts {
    private Mounts() {}

    static void mount(Layout layout, Path directory, int mebibytes) {
        if (!layout.serverUser().isNobody()) {
            throw new SmallDiskUnavailableException("A small disk needs a mount, and only root may mount");
        }
        Commands.Result mounted = Commands.run(
                layout.workDir(),
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + mebibytes + "m,mode=0700,uid=65534,gid=65534",
                        "gds-small-disk",
                        directory.toString()));
        if (!mounted.ok()) {
            throw new SmallDiskUnavailableException("This machine refuses to mount a small disk: "
                    + mounted.output().strip());
        }
    }

    static void unmountBelow(Path workDir) throws IOException {
        for (Path mounted : mountedBelow(workDir)) {
            // Lazily: a process that has gone down may hold it for another moment.
            Commands.run(workDir, List.of("umount", "-l", mounted.toString())).orThrow();
        }
    }

    static List<Path> mountedBelow(Path workDir) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            Path mounted = Path.of(List.of(line.split(" ", -1)).get(1));
            if (mounted.startsWith(workDir)) {
                found.add(mounted);
            }
        }
        return found;
    }
}
