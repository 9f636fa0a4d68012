package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.HostShellProvider;
import io.gds.database.spi.Secrets;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SshShellProviderTest {
    @Test
    void itIsFoundByItsType() {
        assertThat(ServiceLoader.load(HostShellProvider.class).stream()
                        .map(provider -> provider.get().type()))
                .contains("local", "ssh");
    }

    @Test
    void withoutTheLibraryItLoadsAndSaysSoWhenItIsOpened() throws Exception {
        try (URLClassLoader without = new WithoutSshj()) {
            HostShellProvider provider = ServiceLoader.load(HostShellProvider.class, without).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(p -> p.type().equals("ssh"))
                    .findFirst()
                    .orElseThrow();
            assertThat(provider.getClass()).isNotSameAs(SshShellProvider.class);
            Secrets none = reference -> {
                throw new IllegalStateException(reference);
            };
            assertThatThrownBy(() -> provider.open("pg-a", Params.of("type", "ssh"), none))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-SSH-LIBRARY"))
                    .hasMessageContaining("com.hierynomus:sshj");
        }
    }

    /** The core's own classes once more, from a class path without sshj; the api is shared with the test. */
    private static final class WithoutSshj extends URLClassLoader {
        WithoutSshj() throws IOException {
            super(urls(), SshShellProviderTest.class.getClassLoader());
        }

        private static URL[] urls() throws IOException {
            List<URL> out = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(":", -1)) {
                if (!entry.contains("sshj")) {
                    out.add(Path.of(entry).toUri().toURL());
                }
            }
            return out.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("net.schmizz.") || name.startsWith("com.hierynomus.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("io.gds.database.core.")) {
                    Class<?> known = findLoadedClass(name);
                    return known == null ? findClass(name) : known;
                }
                return super.loadClass(name, resolve);
            }
        }
    }
}
