"""Write a synthetic data folder; the same number and seed give the same bytes.

`python tests/benchmarks/generate.py DIR --reports N [--seed S]`
"""

import argparse
import sys
from pathlib import Path


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="生成合成的数据文件夹。")
    parser.add_argument("folder", type=Path, metavar="DIR", help="在这个文件夹下写 data/")
    parser.add_argument("--reports", type=int, required=True, metavar="N", help="报告份数")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="随机种子")
    options = parser.parse_args()
    sys.path.append(str(Path(__file__).resolve().parent.parent / "hooks"))
    from synthetic import generate  # noqa: PLC0415 - finds the package only on that path

    print(generate(options.folder, options.reports, options.seed))


if __name__ == "__main__":
    main()
