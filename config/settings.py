SECRET_KEY = "placeholder-until-the-next-commit"  # noqa: S105
INSTALLED_APPS: list[str] = []
USE_TZ = True
