package dev.assay.interpreter.map;

/** Linux's error numbers (asm-generic/errno-base.h and errno.h), negative, as functions return them. */
public final class Errno {
  public static final long EPERM = -1;
  public static final long ENOENT = -2;
  public static final long E2BIG = -7;
  public static final long EAGAIN = -11;
  public static final long ENOMEM = -12;
  public static final long EFAULT = -14;
  public static final long EBUSY = -16;
  public static final long EEXIST = -17;
  public static final long EINVAL = -22;
  public static final long ENOSPC = -28;
  public static final long ERANGE = -34;
  public static final long EOPNOTSUPP = -95;

  private Errno() {}
}
