package dev.dromedary.message;

/** What is wrong with one part of an address, on its way to the {@link RefusedException} that names the whole. */
final class MalformedException extends RuntimeException {
    MalformedException(String reason) {
        super(reason, null, false, false);
    }

    /** Never null, unlike the method it overrides. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
