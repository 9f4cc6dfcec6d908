package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Two kinds of users: ourselves, with a name and password made at each start, who may do everything; and the producers named in the
 * configuration, who may send to {@link Queues#SUBMIT} and do nothing else.
 */
final class BrokerSecurity implements ActiveMQSecurityManager5 {
    private final String ownUser = "dromedary-" + PrivateFiles.random();
    private final String ownPassword = PrivateFiles.random();
    private final Map<String, String> passwords = new HashMap<>();

    BrokerSecurity(DromedaryConfig.Broker config) {
        addProducer(config.core());
        addProducer(config.amqp());
        passwords.put(ownUser, ownPassword);
    }

    private void addProducer(DromedaryConfig.Acceptor acceptor) {
        if (!acceptor.enabled()) {
            return;
        }
        if (acceptor.user() == null || acceptor.user().isEmpty() || acceptor.password().isEmpty()) {
            throw new StorageException("[BROKER_ACCEPTOR] broker acceptor on port " + acceptor.port()
                    + ": enabled without a user and a password; set both, or disable it", null);
        }
        String known = passwords.putIfAbsent(acceptor.user(), acceptor.password().reveal());
        if (known != null && !known.equals(acceptor.password().reveal())) {
            throw new StorageException("[BROKER_ACCEPTOR] broker user " + acceptor.user() + ": two different passwords; give both acceptors the same one", null);
        }
    }

    String ownUser() {
        return ownUser;
    }

    String ownPassword() {
        return ownPassword;
    }

    @Override
    public @Nullable Subject authenticate(@Nullable String user, @Nullable String password, @Nullable RemotingConnection connection, @Nullable String domain) {
        if (!validateUser(user, password)) {
            return null;
        }
        var subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        String expected = user == null ? null : passwords.get(user);
        return expected != null && password != null
                && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType type, String address) {
        return subject.getPrincipals(UserPrincipal.class).stream().map(Principal::getName).anyMatch(user -> allowed(user, type, address));
    }

    @Override
    public boolean validateUserAndRole(@Nullable String user, @Nullable String password, Set<Role> roles, CheckType type) {
        return validateUser(user, password) && ownUser.equals(user);
    }

    private boolean allowed(String user, CheckType type, String address) {
        return user.equals(ownUser) || passwords.containsKey(user) && type == CheckType.SEND && address.equals(Queues.SUBMIT);
    }
}
