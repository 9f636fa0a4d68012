package io.gds.database.core.internal.ssh;

import io.gds.database.Secret;
import io.gds.database.core.internal.ssh.SshSettings.Hop;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Proves who we are: with the key file first, then with the agent's keys, then with a password. Confined to one thread. */
final class Login {
    private final Hop hop;
    private final SshSettings settings;
    private final List<String> offered = new ArrayList<>();
    private boolean offersPassword;

    Login(Hop hop, SshSettings settings) {
        this.hop = hop;
        this.settings = settings;
    }

    void on(SSHClient ssh) {
        List<AuthMethod> methods = new ArrayList<>();
        hop.key().ifPresent(file -> methods.add(new AuthPublickey(key(ssh, file))));
        if (settings.agent().isEmpty()) {
            authenticate(ssh, methods);
            return;
        }
        Path socket = settings.agent().get();
        try (Agent agent = Agent.connect(socket)) {
            for (Agent.Identity identity : agent.identities()) {
                methods.add(new AgentAuth(agent, identity));
                offered.add(HostKeys.fingerprint(identity.blob()) + " (" + identity.comment() + " of the agent)");
            }
            authenticate(ssh, methods);
        } catch (IOException e) {
            throw GdsDatabaseException.environment("GDS-SSH-AGENT")
                    .message("the SSH agent at " + socket + " cannot be asked: " + Failures.reason(e) + ".")
                    .remedy("start the agent and add a key to it, or set shell.key.")
                    .cause(e)
                    .build();
        }
    }

    private void authenticate(SSHClient ssh, List<AuthMethod> methods) {
        // It is the target's: a jump host has a login of its own and is never told.
        if (settings.password().isPresent() && hop.equals(settings.target())) {
            Secret password = settings.password().get().get();
            methods.add(new AuthPassword(
                    PasswordUtils.createOneOff(password.reveal().toCharArray())));
            offersPassword = true;
        }
        try {
            ssh.auth(hop.login(), methods);
        } catch (SSHException | IllegalStateException e) {
            throw failed(ssh, e);
        }
    }

    private KeyProvider key(SSHClient ssh, Path file) {
        try {
            Optional<PasswordFinder> passphrase = hop.passphrase()
                    .map(secret ->
                            PasswordUtils.createOneOff(secret.get().reveal().toCharArray()));
            KeyProvider key = passphrase.isPresent()
                    ? ssh.loadKeys(file.toString(), passphrase.get())
                    : ssh.loadKeys(file.toString());
            key.getPrivate(); // decrypts it: a wrong passphrase is told apart from a key that the host refuses
            offered.add(file.toString());
            return key;
        } catch (IOException | SSHRuntimeException e) {
            throw GdsDatabaseException.user("GDS-SSH-KEY")
                    .message("private key " + file + " cannot be used: " + Failures.reason(e) + ".")
                    .remedy(
                            "check the file and its passphrase (keyPassphrase); a key in an old format becomes a new one"
                                    + " by \"ssh-keygen -p -f " + file + "\".")
                    .cause(e)
                    .build();
        }
    }

    private GdsDatabaseException failed(SSHClient ssh, Exception e) {
        if (Thread.currentThread().isInterrupted()) {
            return Failures.interrupted("logging in to host " + hop, "nothing was sent.", e);
        }
        if (!ssh.isConnected() || !(e instanceof UserAuthException)) {
            return GdsDatabaseException.environment("GDS-SSH-CONNECT")
                    .message("host " + hop + " broke the connection off while " + hop.login() + " logged in: "
                            + Failures.reason(e) + ".")
                    .remedy("look into the log of sshd on that host.")
                    .retryable()
                    .cause(e)
                    .build();
        }
        return GdsDatabaseException.user("GDS-SSH-AUTH")
                .message("host " + hop + " does not let " + hop.login() + " in: offered "
                        + (offered.isEmpty() ? "no key at all" : "the keys " + String.join(", ", offered))
                        + (offersPassword ? " and a password" : "")
                        + ", it accepts " + ssh.getUserAuth().getAllowedMethods() + ".")
                .remedy("add the public key to that account's authorized_keys, or correct shell.login and shell.key"
                        + (offersPassword ? ", or shell.password" : "") + ".")
                .cause(e)
                .build();
    }
}
