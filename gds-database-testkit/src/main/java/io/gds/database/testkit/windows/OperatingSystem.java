package io.gds.database.testkit.windows;

/**
 * Which Windows it is.
 *
 * @param version for example {@code 10.0.20348}
 * @param caption for example {@code Microsoft Windows Server 2022 Standard}
 */
public record OperatingSystem(String version, String caption) {
    /** Windows Server 2022. */
    public static final OperatingSystem SERVER_2022 =
            new OperatingSystem("10.0.20348", "Microsoft Windows Server 2022 Standard");
}
