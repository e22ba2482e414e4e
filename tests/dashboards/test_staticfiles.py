"""Files that are served from the packages that ship them."""

from pathlib import Path

from django.contrib.staticfiles import finders

from survey.dashboards.staticfiles import ASSETS, PackageAssetFinder

PLOTLY = "vendor/plotly/plotly.min.js"


class TestPackageAssetFinder:
    def test_finds_plotly_in_its_installed_wheel(self) -> None:
        found = finders.find(PLOTLY)

        assert isinstance(found, str)
        assert Path(found).parts[-3:] == ("plotly", "package_data", "plotly.min.js")
        assert "plotly.js v" in Path(found).read_text()[:200]

    def test_finds_nothing_that_is_not_named(self) -> None:
        finder = PackageAssetFinder()

        assert finder.find("vendor/plotly/widgetbundle.js") is None
        assert finder.find("vendor/plotly/../plotly/plotly.min.js", find_all=True) == []

    def test_lists_all_places_of_a_file_if_asked(self) -> None:
        assert len(PackageAssetFinder().find(PLOTLY, find_all=True)) == 1

    def test_gives_collectstatic_each_file_under_its_own_address(self) -> None:
        listed = list(PackageAssetFinder().list(None))

        assert [f"{storage.prefix}/{name}" for name, storage in listed] == list(ASSETS)
        assert all(storage.exists(name) for name, storage in listed)

    def test_has_nothing_to_configure(self) -> None:
        assert PackageAssetFinder().check() == []
