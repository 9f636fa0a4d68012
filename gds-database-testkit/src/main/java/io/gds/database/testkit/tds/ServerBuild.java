package io.gds.database.testkit.tds;

/** What a server says of its version before and after the login; 16.0.4245 is {@code new ServerBuild(16, 0, 4245)}. */
public record ServerBuild(int major, int minor, int build) {
    @Override
    public String toString() {
        return major + "." + minor + "." + build;
    }
}
