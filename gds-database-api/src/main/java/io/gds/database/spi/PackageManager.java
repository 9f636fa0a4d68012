package io.gds.database.spi;

import io.gds.database.plan.Finding;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/**
 * Puts a version of a product on a host, without starting or stopping anything.
 *
 * <p>Thread-safe per member. Every method is idempotent and may be called again after a crash.
 */
public interface PackageManager {
    /** In words, for runbooks: what it changes and where. */
    String describe(String member);

    /** Versions that could be installed, ascending. */
    List<EngineVersion> available(String member);

    /** The version that a start would run; empty when nothing is installed or it cannot be told. */
    Optional<EngineVersion> installed(String member);

    /**
     * What speaks against installing a version on the member's host now or about it: not available, held by somebody, a
     * lock, a setting that would restart services, no room. Only reads. Called before a run and again before the member is
     * touched.
     */
    default List<Finding> preFlight(String member, EngineVersion version) {
        return List.of();
    }

    /**
     * What would change on the member's host, for the plan: one text per package, for example {@code postgresql-15
     * 15.18-0+deb12u1 -> 15.20-0+deb12u1}. Empty when nothing would, or when it cannot be told. Only reads.
     */
    default List<String> changes(String member, EngineVersion version) {
        return List.of();
    }

    /**
     * Fetches what {@link #install} will need, and what the way back will, while the old version still serves; changes
     * nothing that runs.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE} when it cannot be fetched
     */
    default void download(String member, EngineVersion version) {}

    /**
     * Makes a version the one that a start would run. Either it is, or the former one still is, or {@link #installed} is
     * empty and calling again finishes what was interrupted: never something between that looks whole.
     *
     * <p>Nothing is started or stopped by it. When the way to the host is lost meanwhile, the installation goes on there
     * and the next call joins it.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE} when it is not available
     */
    void install(String member, EngineVersion version);

    /**
     * Lays the files of a version's packages below a directory of the member's host, each at its own path, without
     * installing anything: for a copy that is tried out beside what runs. The directory is there whole or not at all; one
     * that is there is left alone. It belongs to the owner of its parent.
     *
     * @param directory an absolute path whose parent is there
     * @return false when packages of this kind cannot be unpacked; then nothing was done
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE} when the version is not available
     */
    default boolean unpack(String member, EngineVersion version, String directory) {
        return false;
    }

    /** The directory with the product's programs of the installed version. */
    String programs(String member);
}
